import { normal } from '../normal.ts'
import type { Random } from '../random.ts'

/** One draw from a symmetric Dirichlet(alpha) over `size` parts: non-negative, sums to 1. */
export function dirichlet(size: number, alpha: number, random: Random): Float64Array {
  const parts = Float64Array.from({ length: size }, () => gamma(alpha, random))
  const total = parts.reduce((sum, part) => sum + part, 0)
  // With a tiny alpha every draw can underflow; the limit of the distribution is one random corner.
  if (!(total > 0)) return parts.fill(0).fill(1, ...corner(size, random))
  return parts.map((part) => part / total)
}

function corner(size: number, random: Random): [number, number] {
  const at = random.below(size)
  return [at, at + 1]
}

/** Gamma(alpha, 1): Marsaglia & Tsang 2000, with their boost for alpha below 1. */
function gamma(alpha: number, random: Random): number {
  if (alpha < 1) return gamma(alpha + 1, random) * (1 - random.uniform()) ** (1 / alpha)
  const d = alpha - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(random)
    const v = (1 + c * x) ** 3
    if (v <= 0) continue
    const u = 1 - random.uniform()
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}
