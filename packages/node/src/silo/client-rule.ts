import { controlCorrection, nextControlVariate, type TrainingResult } from '@fednode/engine'
import { DEFAULT_PROXIMAL, type Manifest, type Weights } from '@fednode/protocol'

/** What the manifest's strategy changes in local training, and what the silo remembers of it. */
export type ClientRule = {
  /** Options of engine.train. */
  readonly terms: { readonly proximal?: number; readonly correction?: Float32Array }
  /** What to carry to the next round, given what was trained and what of it is sent; undefined: nothing. */
  remember(trained: TrainingResult, sent: Weights): Float32Array | undefined
}

/**
 * The client side of a strategy: FedProx's proximal term, SCAFFOLD's correction, nothing for all others.
 * @param round.control - SCAFFOLD: the server's c; absent while it is 0.
 * @param round.memory - SCAFFOLD: the silo's own c_i; absent while it is 0.
 */
export function clientRule(
  { strategy, training }: Pick<Manifest, 'strategy' | 'training'>,
  round: {
    readonly base: Weights
    readonly control: Weights | undefined
    readonly memory: Float32Array | undefined
  },
): ClientRule {
  if (strategy.name === 'fedprox') {
    const { proximal = DEFAULT_PROXIMAL } = strategy
    return { terms: { proximal }, remember: () => undefined }
  }
  if (strategy.name !== 'scaffold') return { terms: {}, remember: () => undefined }
  const base = round.base.values
  const server = round.control?.values ?? new Float32Array(base.length)
  const own = round.memory ?? new Float32Array(base.length)
  const { learningRate } = training
  return {
    terms: { correction: controlCorrection(server, own) },
    // From what is sent: the aggregator computes its c from the same.
    remember: ({ steps }, { values: update }) =>
      nextControlVariate({ own, server, base, update, steps, learningRate }),
  }
}
