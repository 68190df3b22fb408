/** What a vector of this norm is scaled with, so that its norm is at most `bound`. */
export function clippingFactor(norm: number, bound: number): number {
  return norm > bound ? bound / norm : 1
}
