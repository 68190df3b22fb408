import {
  countValues,
  localModelOf,
  type Manifest,
  type ModelSpec,
  modelSpecOf,
  sharedModelOf,
  type TensorSpec,
  travelsInPart,
  type Weights,
} from '@fednode/protocol'
import { EngineError } from './errors.ts'
import { selectTensors } from './models/select-tensors.ts'
import type { Engine } from './types.ts'

/** What the models of a federation are, at its aggregator and at its silos. */
export type FederationModel = {
  /** The global model: its weights are all that travels. */
  readonly shared: ModelSpec
  /** What one silo trains: the shared part and its personal layers. */
  readonly local: ModelSpec
  /** Names and shapes of the weights of `local`. */
  readonly localSpecs: readonly TensorSpec[]
  /** The personal layers as given; without tensors where there are none. */
  readonly personal: Weights
  /** The global model that round 1 begins with. */
  first(): Weights
}

/**
 * The models that a manifest plans.
 * @param start - the whole model that training.start names; needed exactly where the manifest has one.
 * @throws {EngineError} BAD_PLAN when it is missing, SHAPE_MISMATCH when it is another model's.
 */
export function federationModel(
  manifest: Manifest,
  {
    engine,
    start,
  }: {
    readonly engine: Pick<Engine, 'initialWeights' | 'weightSpecs'>
    readonly start: Weights | undefined
  },
): FederationModel {
  const whole = modelSpecOf(manifest)
  const { seed } = manifest
  if (manifest.training.start !== undefined) checkStart(start, engine.weightSpecs(whole))
  const draw = (model: ModelSpec): Weights => engine.initialWeights(model, seed)
  if (!travelsInPart(manifest)) {
    const localSpecs = engine.weightSpecs(whole)
    const personal = { specs: [], values: new Float32Array(0) }
    return { shared: whole, local: whole, localSpecs, personal, first: () => start ?? draw(whole) }
  }
  const given = start ?? draw(whole)
  const shared = sharedModelOf(manifest, given.values)
  const local = localModelOf(manifest, given.values)
  const localSpecs = engine.weightSpecs(local)
  const travelling = new Set(engine.weightSpecs(shared).map(({ name }) => name))
  const own = localSpecs.filter(({ name }) => !travelling.has(name))
  const personal = selectTensors(own, [given])
  return { shared, local, localSpecs, personal, first: () => draw(shared) }
}

function checkStart(start: Weights | undefined, specs: Weights['specs']): void {
  if (start === undefined) {
    const reason = 'the model that training.start names is not here'
    throw new EngineError(reason, { code: 'BAD_PLAN', reason })
  }
  const [expected, actual] = [countValues(specs), start.values.length]
  if (expected === actual) return
  throw new EngineError(`the given model has ${actual} weights, not ${expected}`, {
    code: 'SHAPE_MISMATCH',
    expected: String(expected),
    actual: String(actual),
  })
}
