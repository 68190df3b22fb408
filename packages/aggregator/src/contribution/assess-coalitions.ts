import { setImmediate as nextTurn } from 'node:timers/promises'
import type { CoalitionEvaluator, Evaluation } from '@fednode/engine'
import { MAX_EXACT_SILOS, type Manifest, toPico } from '@fednode/protocol'
import { AggregatorError } from '../aggregator-error.ts'

/** What the validation set says of every coalition of one round. */
export type CoalitionAssessment = {
  /** Length 2^n, whole numbers of 1e-12; index is the bit set over the silos in the order of the updates. */
  readonly utilitiesPico: readonly number[]
  /** Of the incoming model (empty coalition). */
  readonly before: Evaluation
  /** Of the average of all. */
  readonly after: Evaluation
}

/**
 * Evaluates every coalition of `silos` updates once, yielding to the event loop in between so that gossip stays alive.
 * Utilities are quantised here, before any value is computed from them: whoever has the evidence recomputes the same bits.
 * @throws {AggregatorError} TOO_MANY_SILOS; UTILITY_NOT_FINITE when a coalition model diverged (T40).
 */
export async function assessCoalitions(
  silos: number,
  evaluator: CoalitionEvaluator,
  options: {
    readonly utility: Manifest['contribution']['utility']
    readonly signal?: AbortSignal
  },
): Promise<CoalitionAssessment> {
  if (silos > MAX_EXACT_SILOS) {
    const message = `${silos} silos have too many coalitions; exact values need ${MAX_EXACT_SILOS} at most`
    throw new AggregatorError(message, { code: 'TOO_MANY_SILOS', silos, limit: MAX_EXACT_SILOS })
  }
  const count = 2 ** silos
  const utilitiesPico: number[] = []
  let before: Evaluation = { accuracy: Number.NaN, loss: Number.NaN }
  let after = before
  for (let coalition = 0; coalition < count; coalition++) {
    options.signal?.throwIfAborted()
    after = evaluator.evaluate(BigInt(coalition))
    if (coalition === 0) before = after
    utilitiesPico.push(utilityPico(after, options.utility, coalition))
    await nextTurn()
  }
  return { utilitiesPico, before, after }
}

function utilityPico(
  evaluation: Evaluation,
  utility: Manifest['contribution']['utility'],
  coalition: number,
): number {
  const value = utility === 'accuracy' ? evaluation.accuracy : -evaluation.loss
  try {
    return toPico(value)
  } catch (cause) {
    const message = `the utility of coalition ${coalition} is ${value}`
    throw new AggregatorError(
      message,
      { code: 'UTILITY_NOT_FINITE', coalition: String(coalition) },
      { cause },
    )
  }
}
