/** A whole number of the server's that JavaScript's numbers cannot hold. */
export class InexactNumber extends Error {
  override readonly name = 'InexactNumber';
}

const SUSPICIOUS = /\d{16}/;
const STRINGS_AND_INTEGERS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:[.eE][\d.eE+-]*)?/g;

/**
 * Decodes JSON and never rounds an integer: throws InexactNumber where JSON.parse would.
 *
 * The contract has 64-bit integers. Those that servers hand out (counted ids, whole seconds in nanoseconds, amounts)
 * fit, so they are plain numbers here; one that does not fit must not become another message's id.
 */
export function parseExactly(text: string): unknown {
  if (SUSPICIOUS.test(text)) {
    for (const [token] of text.matchAll(STRINGS_AND_INTEGERS)) {
      if (token.length > 15 && /^-?\d+$/.test(token) && BigInt(token) !== BigInt(Number(token))) {
        throw new InexactNumber(`${token} cannot be held by a number`);
      }
    }
  }
  return JSON.parse(text);
}
