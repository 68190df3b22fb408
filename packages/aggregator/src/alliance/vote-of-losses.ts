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
 * Parts by which a loss may rise and say nothing: on a few hundred rows that is chance. Without them voters of a model that hardly gets
 * better any more would be as often with the minority as not, and honest ones penalised for it. A model may so get worse by a fiftieth in
 * a round, if most of those who propose want that; and better again in the next. One contribution moves the model less than all do.
 */
const AGGREGATE_NOISE = 0.02
const CONTRIBUTION_NOISE = 0.01

/**
 * The vote that losses come to. The aggregate is good (+1) when it is another model than the global one, and its loss not higher but by
 * chance. A contribution is approved of when its part alone does not make the global model worse but by chance: of a small step in one
 * direction the loss says whether that direction is right, also for a proposer whose rows are unlike the voter's.
 */
export function voteOfLosses({ before, after, each }: AllianceLosses): AllianceOpinion {
  let approved = 0n
  for (const [seat, loss] of each) {
    if (isNoWorse(loss, before, CONTRIBUTION_NOISE)) approved |= 1n << BigInt(seat)
  }
  return {
    score: after !== before && isNoWorse(after, before, AGGREGATE_NOISE) ? 1 : -1,
    approved,
    lossBefore: inUnits(before),
    lossAfter: inUnits(after),
  }
}

function isNoWorse(loss: number, before: number, noise: number): boolean {
  return loss < Number.POSITIVE_INFINITY && loss <= before + noise * Math.abs(before)
}

/** A loss below 0 (of a density, say) counts as 0 on the chain, which has only room for what is not negative. */
function inUnits(loss: number): bigint {
  if (!(loss < Number(MAX_LOSS) / LOSS_UNITS)) return MAX_LOSS
  return BigInt(Math.max(0, Math.round(loss * LOSS_UNITS)))
}
