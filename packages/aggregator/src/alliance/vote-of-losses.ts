/** Losses on a voter's own rows; Infinity for a model whose loss is not finite. */
export type AllianceLosses = {
  /** Of the global model. */
  readonly before: number
  /** Of the round's aggregate. */
  readonly after: number
  /** By seat: of the global model moved by this contribution's part, base + (x - base) / n with n contributions. */
  readonly each: ReadonlyMap<number, number>
}

/** What a voter thinks of a round; the digest is said beside it. Losses by 1e9, in 64 bits. */
export type AllianceOpinion = {
  readonly score: 1 | -1
  readonly approved: bigint
  readonly lossBefore: bigint
  readonly lossAfter: bigint
}

/** Of Vote.lossBefore and Vote.lossAfter. */
const LOSS_UNITS = 1e9
const MAX_LOSS = 2n ** 64n - 1n

/**
 * The vote that losses come to. The aggregate is better (+1) when its loss is lower than the global model's, not when it is the same. A
 * contribution is approved of when its part alone does not make the global model worse: of a small step in one direction the loss says
 * whether that direction is right, also for a proposer whose rows are unlike the voter's.
 */
export function voteOfLosses({ before, after, each }: AllianceLosses): AllianceOpinion {
  let approved = 0n
  for (const [seat, loss] of each) {
    if (loss <= before && loss < Number.POSITIVE_INFINITY) approved |= 1n << BigInt(seat)
  }
  return {
    score: after < before ? 1 : -1,
    approved,
    lossBefore: inUnits(before),
    lossAfter: inUnits(after),
  }
}

/** A loss below 0 (of a density, say) counts as 0 on the chain, which has only room for what is not negative. */
function inUnits(loss: number): bigint {
  if (!(loss < Number(MAX_LOSS) / LOSS_UNITS)) return MAX_LOSS
  return BigInt(Math.max(0, Math.round(loss * LOSS_UNITS)))
}
