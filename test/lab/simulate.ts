import type { ModelReport } from '../../packages/engine/src/index.ts'
import { EngineError } from '../../packages/engine/src/index.ts'
import type { Weights } from '../../packages/protocol/src/index.ts'
import { createAttackers } from './attackers.ts'
import { createServer } from './server.ts'
import type { SimulatedUpdate, Simulation, SimulationOptions } from './simulation.ts'
import { createTrainers } from './trainers.ts'

/**
 * Plays a federation in one process with the real engine and the real strategies: each round every silo trains from the global model,
 * attackers replace their updates, the strategy aggregates with its state of the round before, and the result is evaluated. The same
 * options give the same bits.
 */
export async function simulateFederation(options: SimulationOptions): Promise<Simulation> {
  const { engine, model, rounds, seed, validation } = options
  const trainers = createTrainers(options)
  const attackers = createAttackers(options)
  const server = createServer(options)
  let base = options.start ?? engine.initialWeights(model, seed)
  let played = { base, updates: [] as readonly SimulatedUpdate[] }
  const evaluations: (ModelReport & { isVoid: boolean })[] = []
  for (let round = 1; round <= rounds; round++) {
    const honest = await trainers.train(base, round, server.control())
    const updates = attackers.spoil(honest, base, round).filter(isFiniteUpdate)
    played = { base, updates }
    if (options.watch !== undefined && updates.length > 0) {
      await options.watch({ base, updates, models: await server.models(base, updates) })
    }
    const made = await server.aggregate(base, updates)
    const evaluation = made && evaluateFinite(made.model, options)
    if (made !== undefined && evaluation !== undefined) base = server.adopt(made)
    evaluations.push({
      ...(evaluation ?? evaluations.at(-1) ?? engine.evaluate(model, base, validation)),
      isVoid: evaluation === undefined,
    })
    if (evaluation !== undefined && options.isEnough?.(evaluation) === true) break
  }
  return { rounds: evaluations, ...played, model: base }
}

/** As at a real aggregator, which refuses others (T21). */
function isFiniteUpdate({ weights }: SimulatedUpdate): boolean {
  return weights.values.every(Number.isFinite)
}

/** Undefined when the loss is not finite. */
function evaluateFinite(
  weights: Weights,
  { engine, model, validation }: SimulationOptions,
): ModelReport | undefined {
  try {
    return engine.evaluate(model, weights, validation)
  } catch (error) {
    if (error instanceof EngineError && error.code === 'NOT_FINITE') return undefined
    throw error
  }
}
