import { sizeOf } from '../codec/weights.ts'
import { MAX_BATCH_ACTIVATIONS, MAX_FEATURES, MAX_MODEL_WEIGHTS } from '../limits.ts'
import { issueAt, type ManifestIssue } from './issue.ts'
import type { LayerSpec, ModelTopology } from './topology-types.ts'

/** What a model of one topology takes, computed without building it. */
export type ModelSize = {
  /** Numbers to train. */
  readonly weights: number
  /** Activations of one row over all layers, its features included. */
  readonly activations: number
}

/**
 * Number of weights and activations of a model (T20). Exact: with the caps of the schema no sum comes near 2^53.
 * @param featureShape - shape of one row, see featureShapeOf.
 */
export function sizeOfModel(topology: ModelTopology, featureShape: readonly number[]): ModelSize {
  let width = sizeOf(featureShape)
  let weights = 0
  let activations = width
  for (const layer of topology.layers) {
    // Flatten has nothing to train; the schema lets nothing else through.
    if (layer.className !== 'Dense') continue
    const { units, useBias = true } = layer.config
    weights += width * units + (useBias ? units : 0)
    activations += units
    width = units
  }
  return { weights, activations }
}

/** Number of weights of a model. */
export function countWeights(topology: ModelTopology, featureShape: readonly number[]): number {
  return sizeOfModel(topology, featureShape).weights
}

/** What is wrong with a topology for these data; paths start at "model" (T20). */
export function checkTopology(
  topology: ModelTopology,
  options: {
    readonly featureShape: readonly number[]
    readonly classes: number
    readonly batchSize: number
  },
): readonly ManifestIssue[] {
  const { featureShape, classes, batchSize } = options
  if (sizeOf(featureShape) > MAX_FEATURES) {
    return [issueAt(['data'], sizeOf(featureShape), `at most ${MAX_FEATURES} numbers a row`)]
  }
  const { weights, activations } = sizeOfModel(topology, featureShape)
  const issues = [
    ...checkFlattened(topology.layers, featureShape),
    ...checkOutput(topology, classes),
  ]
  if (weights > MAX_MODEL_WEIGHTS) {
    issues.push(issueAt(['model'], weights, `at most ${MAX_MODEL_WEIGHTS} weights`))
  }
  if (activations * batchSize > MAX_BATCH_ACTIVATIONS) {
    const most = `at most ${MAX_BATCH_ACTIVATIONS} activations a batch`
    issues.push(issueAt(['training', 'batchSize'], activations * batchSize, most))
  }
  return issues
}

function checkFlattened(
  layers: readonly LayerSpec[],
  featureShape: readonly number[],
): ManifestIssue[] {
  const [first] = layers
  if (featureShape.length === 1 || first === undefined || first.className === 'Flatten') return []
  const why = `"Flatten", because a row has the shape [${featureShape.join(', ')}]`
  return [issueAt(['model', 'layers', 0, 'className'], first.className, why)]
}

function checkOutput({ layers }: ModelTopology, classes: number): ManifestIssue[] {
  const path = ['model', 'layers', layers.length - 1]
  const last = layers.at(-1)
  if (last?.className !== 'Dense') {
    return [issueAt([...path, 'className'], last?.className, '"Dense" as the last layer')]
  }
  const { units, activation } = last.config
  const issues: ManifestIssue[] = []
  if (units !== classes) {
    issues.push(issueAt([...path, 'config', 'units'], units, `${classes}, the number of classes`))
  }
  if (activation !== 'softmax') {
    const expected = '"softmax" in the last layer'
    issues.push(issueAt([...path, 'config', 'activation'], activation, expected))
  }
  return issues
}
