import { type CoalitionModel, type Dataset, type Engine, EngineError } from '@fednode/engine'
import type { ModelSpec, Weights } from '@fednode/protocol'
import type { AllianceLosses } from './vote-of-losses.ts'

/** A round as a voter measures it, on its own rows. */
export type MeasuredRound = {
  readonly engine: Pick<Engine, 'createCoalitionEvaluator' | 'evaluate'>
  readonly model: ModelSpec
  readonly base: Weights
  /** Valid ones, by seat. */
  readonly contributions: ReadonlyMap<number, Weights>
  readonly aggregate: Weights
  /** Rows that the voter never trains on. */
  readonly data: Dataset
}

/**
 * Losses of the global model, of the aggregate, and of the global model moved by each contribution's part.
 * @throws {EngineError} SHAPE_MISMATCH, EMPTY_INPUT, UNSUPPORTED_MODEL, WORKER_FAILED; the reason of `signal` when it fires.
 */
export async function measureContributions(
  round: MeasuredRound,
  signal?: AbortSignal,
): Promise<AllianceLosses> {
  const { engine, model, base, contributions, aggregate, data } = round
  if (contributions.size === 0) return nothingNew(round)
  const seats = [...contributions.keys()]
  const evaluator = engine.createCoalitionEvaluator({
    model,
    base,
    updates: [...contributions.values()],
    data,
    threads: 1,
  })
  const lossOf = async (one: CoalitionModel): Promise<number> => {
    try {
      const [found] = await evaluator.evaluate([one], signal)
      return found?.loss ?? Number.POSITIVE_INFINITY
    } catch (error) {
      // A model that says nothing about these rows is as bad as can be.
      if (error instanceof EngineError && error.code === 'NOT_FINITE') {
        return Number.POSITIVE_INFINITY
      }
      throw error
    }
  }
  try {
    const before = await lossOf(moved(seats.length, undefined))
    const after = await lossOf({ kind: 'weights', values: aggregate.values })
    const each = new Map<number, number>()
    for (const [bit, seat] of seats.entries()) {
      each.set(seat, await lossOf(moved(seats.length, bit)))
    }
    return { before, after, each }
  } finally {
    await evaluator.dispose()
  }
}

/** Without a contribution the aggregate is the global model. */
function nothingNew({ engine, model, base, data }: MeasuredRound): AllianceLosses {
  const { loss } = engine.evaluate(model, base, data)
  return { before: loss, after: loss, each: new Map() }
}

/** The base, moved by one update's part, or by none. */
function moved(count: number, bit: number | undefined): CoalitionModel {
  const coefficients = new Float64Array(count)
  if (bit !== undefined) coefficients[bit] = 1 / count
  return { kind: 'combination', coefficients }
}
