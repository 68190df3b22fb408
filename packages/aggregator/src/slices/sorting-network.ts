/** Puts the smaller of two rows first. */
export type Comparator = readonly [first: number, second: number]

/**
 * Comparators that sort `rows` values, as far as the places from `from` up to `to` (exclusive) need it: Batcher's merge exchange, less
 * those that no wanted place depends on.
 * @see Knuth, The Art of Computer Programming 3, section 5.2.2, Algorithm M
 */
export function sortingNetwork(rows: number, from: number, to: number): readonly Comparator[] {
  const isNeeded = Array.from({ length: rows }, (_, row) => row >= from && row < to)
  const needed = mergeExchange(rows)
    .toReversed()
    .filter(([first, second]) => {
      if (!isNeeded[first] && !isNeeded[second]) return false
      isNeeded[first] = true
      isNeeded[second] = true
      return true
    })
  return needed.toReversed()
}

function mergeExchange(rows: number): Comparator[] {
  const comparators: Comparator[] = []
  const top = 2 ** (Math.ceil(Math.log2(rows)) - 1)
  for (let p = top; p >= 1; p /= 2) {
    let distance = p
    let remainder = 0
    for (let q = top; ; q /= 2) {
      for (let i = 0; i < rows - distance; i++) {
        if ((i & p) === remainder) comparators.push([i, i + distance])
      }
      if (q === p) break
      distance = q - p
      remainder = p
    }
  }
  return comparators
}
