import { randomOrder } from '../permutations.ts'
import { samplePermutations } from '../sample-permutations.ts'

/** Plain Monte Carlo over orders (ApproShapley, Castro, Gomez & Tejada 2009): unbiased; the practical default of most libraries. */
export const permutation = samplePermutations({
  orders: 1,
  draw: (players, random) => [randomOrder(players, random)],
})
