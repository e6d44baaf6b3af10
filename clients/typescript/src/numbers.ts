/** A whole number of the server's that JavaScript's numbers cannot hold. */
export class InexactNumber extends Error {
  override readonly name = 'InexactNumber';
}

/** Long runs of digits, which are rare: what is in a string, is part of a fraction or can be held is harmless. */
const SUSPICIOUS = /-?\d{16,}/g;

/**
 * Decodes JSON and never rounds an integer: throws InexactNumber where JSON.parse would.
 *
 * The contract has 64-bit integers. Those that servers hand out (counted ids, whole seconds in nanoseconds, amounts)
 * fit, so they are plain numbers here; one that does not fit must not become another message's id.
 */
export function parseExactly(text: string): unknown {
  const decoded: unknown = JSON.parse(text);
  const strings = new Strings(text);
  for (const { 0: digits, index } of text.matchAll(SUSPICIOUS)) {
    const isInteger = !/[.eE\d]/.test(text.charAt(index - 1)) && !/[.eE]/.test(text.charAt(index + digits.length));
    if (isInteger && BigInt(digits) !== BigInt(Number(digits)) && !strings.isOpen(index)) {
      throw new InexactNumber(`${digits} cannot be held by a number`);
    }
  }
  return decoded;
}

/** Tells where strings of a JSON text are, from its beginning to its end. */
class Strings {
  readonly #text: string;
  #at = 0;
  #open = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether a string is open at this place, which is behind the one that was asked for before. */
  isOpen(place: number): boolean {
    for (; this.#at < place; this.#at += 1) {
      const character = this.#text[this.#at];
      if (this.#open && character === '\\') {
        this.#at += 1;
      } else if (character === '"') {
        this.#open = !this.#open;
      }
    }
    return this.#open;
  }
}
