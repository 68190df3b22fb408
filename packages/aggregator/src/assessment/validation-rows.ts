import { createRandomFrom, type Dataset, pickTargets, shuffle } from '@fednode/engine'

/**
 * The held-out rows that one round is measured on: all, or a part drawn by the round's seed, so that nobody can fit an update to
 * them beforehand (T34). Rows keep their order.
 * @param share - above 0, at most 1; at least one row is drawn.
 * @param seed - 32 bytes, see roundSeed.
 */
export function validationRows(data: Dataset, share: number, seed: Uint8Array): Dataset {
  if (share >= 1) return data
  const count = Math.max(1, Math.ceil(share * data.count))
  const all = Uint32Array.from({ length: data.count }, (_, row) => row)
  const rows = shuffle(all, createRandomFrom(seed)).subarray(0, count).toSorted()
  const width = data.features.length / data.count
  const features = data.features.slice(0, count * width)
  rows.forEach((row, i) => {
    features.set(data.features.subarray(row * width, (row + 1) * width), i * width)
  })
  return { ...data, count, features, targets: pickTargets(data.targets, rows) }
}
