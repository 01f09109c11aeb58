// What the drawing needs of a canvas, and the same as SVG.

export type Pen = Pick<
  CanvasRenderingContext2D,
  | "beginPath" | "moveTo" | "lineTo" | "arc" | "quadraticCurveTo" | "closePath" | "rect" | "fill" | "stroke" | "fillText" | "strokeText" | "setLineDash"
  | "fillStyle" | "strokeStyle" | "lineWidth" | "globalAlpha" | "font" | "textAlign" | "textBaseline" | "lineJoin"
>;

const round = (value: number): number => Math.round(value * 100) / 100;
const escaped = (text: string): string =>
  // Characters that XML can't hold are left out.
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

export class SvgPen implements Pen {
  fillStyle: string | CanvasGradient | CanvasPattern = "#000";
  strokeStyle: string | CanvasGradient | CanvasPattern = "#000";
  lineWidth = 1;
  globalAlpha = 1;
  font = "";
  textAlign: CanvasTextAlign = "center";
  textBaseline: CanvasTextBaseline = "top";
  lineJoin: CanvasLineJoin = "round";
  private path: string[] = [];
  private dash: number[] = [];
  private readonly parts: string[] = [];

  beginPath(): void { this.path = []; }
  moveTo(x: number, y: number): void { this.path.push(`M${round(x)} ${round(y)}`); }
  lineTo(x: number, y: number): void { this.path.push(`L${round(x)} ${round(y)}`); }
  closePath(): void { this.path.push("Z"); }
  quadraticCurveTo(cx: number, cy: number, x: number, y: number): void { this.path.push(`Q${round(cx)} ${round(cy)} ${round(x)} ${round(y)}`); }
  rect(x: number, y: number, w: number, h: number): void { this.path.push(`M${round(x)} ${round(y)}h${round(w)}v${round(h)}h${round(-w)}Z`); }
  setLineDash(dash: Iterable<number>): void { this.dash = [...dash]; }

  /** Only whole circles are drawn. */
  arc(x: number, y: number, r: number): void {
    const d = round(2 * r);
    this.path.push(`M${round(x - r)} ${round(y)}a${round(r)} ${round(r)} 0 1 0 ${d} 0a${round(r)} ${round(r)} 0 1 0 ${-d} 0`);
  }

  fill(): void { this.add(`<path d="${this.path.join("")}" fill="${escaped(String(this.fillStyle))}"${this.opacity()}/>`); }

  stroke(): void {
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.map(round).join(" ")}"` : "";
    this.add(`<path d="${this.path.join("")}" fill="none" stroke="${escaped(String(this.strokeStyle))}" stroke-width="${round(this.lineWidth)}"${dash}${this.opacity()}/>`);
  }

  fillText(text: string, x: number, y: number): void { this.text(text, x, y, `fill="${escaped(String(this.fillStyle))}"`); }
  strokeText(text: string, x: number, y: number): void {
    this.text(text, x, y, `fill="none" stroke="${escaped(String(this.strokeStyle))}" stroke-width="${round(this.lineWidth)}" stroke-linejoin="round"`);
  }

  /** The whole picture: what was drawn within this box. */
  toString(left: number, top: number, width: number, height: number, ground: string): string {
    const box = [left, top, width, height].map(round).join(" ");
    const back = `<rect x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}" fill="${ground}"/>`;
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" font-family="'Noto Sans CJK SC','Microsoft YaHei',sans-serif">${back}${this.parts.join("\n")}</svg>\n`;
  }

  private add(part: string): void { this.parts.push(part); }
  private opacity(): string { return this.globalAlpha < 1 ? ` opacity="${round(this.globalAlpha)}"` : ""; }

  private text(text: string, x: number, y: number, look: string): void {
    const size = Number(/([\d.]+)px/.exec(this.font)?.[1] || 12);
    const weight = this.font.startsWith("600") ? ' font-weight="600"' : "";
    const drop = this.textBaseline === "top" ? 0.88 * size : 0.35 * size;
    this.add(`<text x="${round(x)}" y="${round(y + drop)}" font-size="${round(size)}"${weight} text-anchor="middle" ${look}${this.opacity()}>${escaped(text)}</text>`);
  }
}
