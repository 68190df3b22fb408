const WORD = /[\p{L}\p{M}\p{N}]+/gu
/** Words of one text beyond its first megabyte are not looked at. */
const MAX_CHARACTERS = 1_048_576
const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193
const UTF8 = new TextEncoder()

/**
 * Writes the ids of a text's first words, as many as `to` has room for; the rest of `to` becomes 0. A word is a run of letters, marks
 * and digits after NFKC (Unicode Annex 15) and lower case; its id is 1 + FNV-1a(UTF-8) mod buckets, 1 to `buckets`: an embedding has
 * buckets + 1 rows, the first for the padding (feature hashing, Weinberger et al. 2009).
 */
export function writeTokens(text: string, buckets: number, to: Float32Array): void {
  to.fill(0)
  const plain = text.slice(0, MAX_CHARACTERS).normalize('NFKC').toLowerCase()
  let i = 0
  for (const [word] of plain.matchAll(WORD)) {
    if (i === to.length) return
    to[i] = 1 + (fnv1a(word) % buckets)
    i++
  }
}

/** FNV-1a, 32 bits (draft-eastlake-fnv-17). */
function fnv1a(word: string): number {
  let hash = FNV_OFFSET
  for (const byte of UTF8.encode(word)) hash = Math.imul(hash ^ byte, FNV_PRIME)
  return hash >>> 0
}
