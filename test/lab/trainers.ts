import {
  type Dataset,
  EngineError,
  mirrorTargets,
  type TrainingResult,
} from '../../packages/engine/src/index.ts'
import { type ClientRule, clientRule } from '../../packages/node/src/silo/client-rule.ts'
import {
  learningRateAt,
  type TrainingPlan,
  type Weights,
} from '../../packages/protocol/src/index.ts'
import { isAttacker } from './attackers.ts'
import { drawnSilos } from './drawn-silos.ts'
import type { SimulatedUpdate, SimulationOptions } from './simulation.ts'

/** The silos' side of a simulated federation. */
export type Trainers = {
  /** Every silo's honest update, in silo order; one whose training diverges sends none, as in a real run. */
  train(
    base: Weights,
    round: number,
    control: Float32Array | undefined,
  ): Promise<readonly SimulatedUpdate[]>
}

/** More rounds than any experiment has, so that no two trainings share a seed. */
const ROUNDS_PER_SILO = 10_000

/** Silos that train as real ones do, FedProx's and SCAFFOLD's terms included; each remembers what its strategy asks for. */
export function createTrainers(options: SimulationOptions): Trainers {
  const silos = options.silos.map((data, silo) => dataOf(data, silo, options))
  const memories = new Map<number, Float32Array>()
  return {
    async train(base, round, control) {
      const updates: SimulatedUpdate[] = []
      const drawn = drawnSilos(options, round)
      for (const [silo, data] of silos.entries()) {
        if (!drawn.has(silo)) continue
        const rule = ruleOf(options, { base, control, memory: memories.get(silo) })
        const seed = seedOf(options, silo, round)
        const plan = planOf(options, round)
        const trained = await trainSilo(options, { base, data, plan, seed, terms: rule.terms })
        if (trained === undefined) continue
        const { weights, samples, steps } = trained
        const memory = rule.remember(trained, weights)
        if (memory !== undefined) memories.set(silo, memory)
        updates.push({ silo, weights, samples, steps })
      }
      return updates
    },
  }
}

function ruleOf(
  { strategy, plan: training }: SimulationOptions,
  round: {
    readonly base: Weights
    readonly control: Float32Array | undefined
    readonly memory: Float32Array | undefined
  },
): ClientRule {
  const { base, control: values, memory } = round
  const control = values === undefined ? undefined : { ...base, values }
  return clientRule({ strategy, training }, { base, control, memory })
}

/** The plan with the learning rate of this round, as a real silo follows it. */
function planOf({ plan, rounds }: SimulationOptions, round: number): TrainingPlan {
  return { ...plan, learningRate: learningRateAt(plan, round, rounds) }
}

function dataOf(data: Dataset, silo: number, options: SimulationOptions): Dataset {
  if (options.attack?.name !== 'label-flip' || !isAttacker(silo, options)) return data
  return mirrorTargets(data)
}

async function trainSilo(
  { engine, model }: SimulationOptions,
  work: {
    readonly base: Weights
    readonly data: Dataset
    readonly plan: TrainingPlan
    readonly seed: number
    readonly terms: ClientRule['terms']
  },
): Promise<TrainingResult | undefined> {
  const { base, data, plan, seed, terms } = work
  try {
    return await engine.train(model, base, data, { plan, seed, ...terms })
  } catch (error) {
    if (error instanceof EngineError && error.code === 'NOT_FINITE') return undefined
    throw error
  }
}

function seedOf({ seed }: SimulationOptions, silo: number, round: number): number {
  return (seed * 1_000 + silo) * ROUNDS_PER_SILO + round
}
