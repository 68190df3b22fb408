import { AggregatorError } from '../aggregator-error.ts'
import type { Answer, Game, Request, StopReason, Unit } from './estimator.ts'

/** Coalitions that are evaluated between two looks at the clock and at the caller's signal. */
const BATCH = 256
const MS_PER_SECOND = 1000

/** What an estimation may spend. */
export type MeterLimits = {
  /** Distinct coalitions. */
  readonly evaluations: number
  /** Distinct coalitions before neither the clock nor the standard error ends anything. */
  readonly minimum: number
  readonly standardError?: number | undefined
  readonly seconds?: number | undefined
  /** Monotonic ms. */
  elapsed(): number
  readonly signal?: AbortSignal | undefined
}

/** Answers requests as far as the limits go. */
export type EvaluationMeter = {
  grant(request: Request): Promise<Answer>
  /** Distinct coalitions so far. */
  used(): number
  /** Every utility that is known. */
  known(): ReadonlyMap<bigint, number>
  /** Why the last request was cut short. */
  stoppedBy(): StopReason | undefined
}

/**
 * Counts distinct coalitions and stops at a limit. All limits are looked at only before coalitions that are yet unknown would be
 * evaluated: so the number of evaluations alone says where an estimation ended, and repeating it needs no clock.
 * @throws {AggregatorError} UTILITY_NOT_FINITE, from grant.
 */
export function evaluationMeter(game: Game, limits: MeterLimits): EvaluationMeter {
  const known = new Map<bigint, number>()
  const start = limits.elapsed()
  let reason: StopReason | undefined
  const limitFor = ({ standardErrors }: Request): { limit: number; stop: StopReason } => {
    const spent = { limit: known.size, stop: 'evaluations' } as const
    if (known.size < limits.minimum) return { ...spent, limit: limits.evaluations }
    const isLate = (limits.elapsed() - start) / MS_PER_SECOND >= (limits.seconds ?? Infinity)
    if (isLate) return { ...spent, stop: 'seconds' }
    if (isPrecise(standardErrors, limits.standardError)) return { ...spent, stop: 'standard-error' }
    return { ...spent, limit: limits.evaluations }
  }
  return {
    async grant(request) {
      const { limit, stop } = limitFor(request)
      const { units, unknown } = affordable(request.units, known, limit)
      if (units.length < request.units.length) reason = stop
      for (let at = 0; at < unknown.length; at += BATCH) {
        limits.signal?.throwIfAborted()
        const batch = unknown.slice(at, at + BATCH)
        const utilities = await game.utilities(batch)
        for (const [i, coalition] of batch.entries())
          known.set(coalition, finite(utilities[i], coalition))
      }
      return units.map((unit) => unit.map((coalition) => known.get(coalition) ?? 0))
    },
    used: () => known.size,
    known: () => known,
    stoppedBy: () => reason,
  }
}

/** The leading units that fit under `limit` distinct coalitions, and what of them is not known yet. */
function affordable(
  units: readonly Unit[],
  known: ReadonlyMap<bigint, number>,
  limit: number,
): { readonly units: readonly Unit[]; readonly unknown: readonly bigint[] } {
  const unknown = new Set<bigint>()
  for (const [i, unit] of units.entries()) {
    const fresh = new Set(
      unit.filter((coalition) => !known.has(coalition) && !unknown.has(coalition)),
    )
    if (fresh.size > 0 && known.size + unknown.size + fresh.size > limit)
      return { units: units.slice(0, i), unknown: [...unknown] }
    for (const coalition of fresh) unknown.add(coalition)
  }
  return { units, unknown: [...unknown] }
}

function isPrecise(errors: Request['standardErrors'], target: number | undefined): boolean {
  return target !== undefined && errors !== undefined && Math.max(...errors()) <= target
}

function finite(utility: number | undefined, coalition: bigint): number {
  if (utility !== undefined && Number.isFinite(utility)) return utility
  throw new AggregatorError(`the utility of coalition ${coalition} is ${utility}`, {
    code: 'UTILITY_NOT_FINITE',
    coalition: String(coalition),
  })
}
