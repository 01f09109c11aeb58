// The page's middle: the state, and who is told when it changes.

import * as address from "./address.ts";
import { announce, byId } from "./dom.ts";
import { filter, type Passing } from "./filter.ts";
import { type Places, placesFor } from "./layouts.ts";
import type { Model } from "./model.ts";
import { groupOf, isGroup, makeScene, type Scene } from "./scene.ts";
import { type Hit, Stage } from "./stage.ts";
import { type Layout, type Selected, type State, type Step, startState } from "./state.ts";
import { say } from "./words.ts";

interface How {
  fit?: boolean;
  /** A step in the browser's history, so that its way back leads here. */
  push?: boolean;
  centre?: boolean;
  announce?: string;
}

export interface Part {
  show(): void;
}

export class App {
  state: State;
  story: Step[] = [];
  step = -1;
  passing: Passing;
  scene!: Scene;
  readonly stage: Stage;
  readonly parts: Part[] = [];
  /** Hovering is told to whoever shows it; several may not. */
  hovered: (hit: Hit, spot: { x: number; y: number }) => void = () => {};
  private places: Places;
  private laidOut: Layout;
  private written = "";
  private timer = 0;

  constructor(readonly model: Model) {
    this.state = startState(model);
    this.passing = filter(model, this.state);
    this.laidOut = this.state.look.layout;
    this.places = placesFor(model, this.laidOut);
    this.stage = new Stage(byId("graph"), model, {
      clicked: (hit) => this.choose(hit),
      doubled: (hit) => this.open(hit),
      hovered: (hit, spot) => this.hovered(hit, spot),
      dragged: (id, spot) => this.change({ moved: new Map(this.state.moved).set(id, spot) }),
      looked: () => this.looked(),
    });
    window.addEventListener("popstate", () => this.follow());
    window.addEventListener("hashchange", () => this.follow());
  }

  get dark(): boolean {
    const { theme } = document.documentElement.dataset;
    return theme === "dark" || (theme !== "light" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  }

  /** On a telephone the panel lies over the lower part of the drawing. */
  private get covered(): number {
    return window.matchMedia("(max-width: 900px)").matches && this.state.selected ? 0.58 : 0;
  }

  /** What the address says, or the start. */
  begin(): void {
    const found = address.read(this.model, location.hash.slice(1));
    if (found) Object.assign(this, found);
    this.written = location.hash.slice(1);
    const { camera, selected } = this.state;
    this.render();
    if (camera) this.stage.look(camera, camera.scale, false);
    else {
      this.stage.fit(false);
      if (selected && "node" in selected) this.stage.centre(selected.node, this.covered);
    }
  }

  change(patch: Partial<State>, how: How = {}): void {
    const before = this.state;
    this.state = { ...before, ...patch };
    this.render();
    if (how.fit) this.stage.fit();
    else if (how.centre && this.state.selected && "node" in this.state.selected) this.stage.centre(this.state.selected.node, this.covered);
    if (how.announce) announce(how.announce);
    this.write(how.push ?? (patch.selected !== undefined || patch.scope !== undefined || patch.view !== undefined));
  }

  select(selected: Selected, how: How = {}): void {
    this.change({ selected, ...(how.centre ? { view: "graph" } : {}) }, how);
  }

  choose(hit: Hit): void {
    if (!hit) this.select(null);
    else if ("edge" in hit) this.select({ edge: hit.edge });
    else if (isGroup(hit.id)) this.openGroup(groupOf(hit.id));
    else this.select({ node: hit.id });
  }

  /** A double click looks at the neighbourhood. */
  open(hit: Hit): void {
    if (hit && "id" in hit && !isGroup(hit.id)) this.change({ scope: { kind: "around", node: hit.id, steps: 1 }, selected: { node: hit.id } }, { fit: true });
  }

  openGroup(community: number): void {
    const { label } = this.model.graph.nodes;
    this.change({ opened: new Set([...this.state.opened, community]) }, { announce: say("opened", { name: label[this.model.communities[community][0]] }) });
  }

  render(): void {
    if (this.laidOut !== this.state.look.layout) {
      this.laidOut = this.state.look.layout;
      this.places = placesFor(this.model, this.laidOut);
    }
    this.passing = filter(this.model, this.state);
    this.scene = makeScene(this.model, this.state, this.passing, this.places, this.dark);
    this.stage.show(this.scene, this.state, this.dark);
    for (const part of this.parts) part.show();
  }

  /** The camera belongs to the address too, once the analyst has moved it. */
  private looked(): void {
    if (!this.stage) return; // the first look, while the stage is being made
    const { x, y } = this.stage.network.getViewPosition();
    this.state.camera = { x, y, scale: this.stage.network.getScale() };
    this.write(false);
  }

  hash(): string {
    return address.write(this.model, this);
  }

  /** Write the address, not too often: browsers refuse more than a hundred in half a minute. */
  write(push: boolean): void {
    window.clearTimeout(this.timer);
    const put = () => {
      const hash = this.hash();
      if (hash === this.written) return;
      this.written = hash;
      history[push ? "pushState" : "replaceState"](null, "", `#${hash}`);
    };
    if (push) put();
    else this.timer = window.setTimeout(put, 350);
  }

  private follow(): void {
    const hash = location.hash.slice(1);
    if (hash === this.written) return;
    const found = address.read(this.model, hash);
    if (!found) return;
    this.written = hash;
    const { story, step } = this;
    Object.assign(this, found);
    if (!found.story.length) Object.assign(this, { story, step });
    const { camera } = this.state;
    this.render();
    if (camera) this.stage.look(camera, camera.scale);
    else this.stage.fit();
  }

  /** Go to a step of the story: exactly what was seen when it was kept. */
  tell(step: number): void {
    const wanted = this.story[step];
    if (!wanted) return;
    this.step = step;
    const found = address.read(this.model, wanted.at);
    if (found) this.state = found.state;
    const { camera } = this.state;
    this.render();
    if (camera) this.stage.look(camera, camera.scale);
    else this.stage.fit();
    announce(wanted.caption);
    this.write(true);
  }

  /** What is shown now, as a step of the story. */
  keep(caption: string): void {
    const at = address.write(this.model, { state: this.state, story: [], step: -1 });
    this.story = [...this.story, { caption, at }];
    this.step = this.story.length - 1;
    for (const part of this.parts) part.show();
    this.write(true);
  }
}
