/** A magnitude has 31 bits: 16 are counted first, 15 of those that share them afterwards. */
const LOW_BITS = 15
const HIGH_BUCKETS = 65_536
const LOW_BUCKETS = 32_768
const MAGNITUDE = 0x7fff_ffff

/**
 * Indices of the `count` values of largest magnitude, ascending; of equal magnitudes the lower index wins. Two counting passes over the
 * bits, which order magnitudes of float32 as integers: linear in the length, and the same everywhere.
 */
export function largestIndices(values: Float32Array, count: number): Uint32Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length)
  const { threshold, ties } = findThreshold(bits, count)
  const indices = new Uint32Array(count)
  let found = 0
  let left = ties
  for (let i = 0; i < bits.length; i++) {
    const magnitude = (bits[i] as number) & MAGNITUDE
    if (magnitude < threshold) continue
    if (magnitude === threshold && left-- <= 0) continue
    indices[found++] = i
  }
  return indices
}

/** The smallest magnitude that is among the largest, and how many of exactly that are. */
function findThreshold(bits: Uint32Array, count: number): { threshold: number; ties: number } {
  const high = new Uint32Array(HIGH_BUCKETS)
  // Indexed loops: an iterator costs several times the counting.
  for (let i = 0; i < bits.length; i++) {
    const bucket = ((bits[i] as number) & MAGNITUDE) >>> LOW_BITS
    high[bucket] = (high[bucket] as number) + 1
  }
  const top = lastBucket(high, count)
  const low = new Uint32Array(LOW_BUCKETS)
  for (let i = 0; i < bits.length; i++) {
    const magnitude = (bits[i] as number) & MAGNITUDE
    if (magnitude >>> LOW_BITS !== top.bucket) continue
    const bucket = magnitude & (LOW_BUCKETS - 1)
    low[bucket] = (low[bucket] as number) + 1
  }
  const { bucket, missing } = lastBucket(low, top.missing)
  return { threshold: top.bucket * LOW_BUCKETS + bucket, ties: missing }
}

/** Counting from the top, the bucket that holds the `count`-th member, and how many of its own are needed. */
function lastBucket(counts: Uint32Array, count: number): { bucket: number; missing: number } {
  let missing = count
  for (let bucket = counts.length - 1; bucket > 0; bucket--) {
    const members = counts[bucket] as number
    if (members >= missing) return { bucket, missing }
    missing -= members
  }
  return { bucket: 0, missing }
}
