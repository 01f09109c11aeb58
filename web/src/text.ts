// A reply's text by character offsets as Python counts them (code points, where JavaScript counts UTF-16 units).

const ASTRAL = /[\ud800-\udfff]/;

/** One stretch of text: cheap where no character takes two units. */
class Piece {
  readonly end: number;
  private readonly letters: string[] | null;

  constructor(
    readonly start: number,
    readonly words: string,
  ) {
    this.letters = ASTRAL.test(words) ? Array.from(words) : null;
    this.end = start + (this.letters ? this.letters.length : words.length);
  }

  slice(start: number, end: number): string {
    return this.letters ? this.letters.slice(start - this.start, end - this.start).join("") : this.words.slice(start - this.start, end - this.start);
  }
}

export class Text {
  readonly pieces: Piece[] = [];

  constructor(alternating: (number | string)[]) {
    for (let n = 0; n < alternating.length; n += 2) this.pieces.push(new Piece(alternating[n] as number, alternating[n + 1] as string));
  }

  /** Whether the page holds the reply from its first character, not only what is quoted. */
  get whole(): boolean {
    return this.pieces.length === 1 && this.pieces[0].start === 0;
  }

  slice(start: number, end: number): string {
    const piece = this.pieces.find((held) => held.start <= start && end <= held.end);
    return piece ? piece.slice(start, end) : "";
  }

  /** The sentence around a place, as [start, end); the place itself where the text around is not held. */
  sentence(start: number, end: number): [number, number] {
    const piece = this.pieces.find((held) => held.start <= start && end <= held.end);
    if (!piece) return [start, end];
    const before = piece.slice(Math.max(piece.start, start - 120), start);
    const after = piece.slice(end, Math.min(piece.end, end + 120));
    const opened = Math.max(...["\u3002", "\uff01", "\uff1f", "\uff1b", "\n"].map((mark) => before.lastIndexOf(mark)));
    const closed = after.search(/[\u3002\uff01\uff1f\uff1b\n]/);
    return [start - (before.length - 1 - opened), closed < 0 ? end + after.length : end + closed + 1];
  }
}
