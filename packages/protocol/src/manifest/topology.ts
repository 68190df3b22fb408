import { countValues, sizeOf } from '../codec/weights.ts'
import { MAX_BATCH_ACTIVATIONS, MAX_FEATURES, MAX_MODEL_WEIGHTS } from '../limits.ts'
import { issueAt, type ManifestIssue } from './issue.ts'
import { layerShape } from './layer-shape.ts'
import type { ModelSpec } from './model-spec.ts'
import { outputsOf } from './objective.ts'
import type { ModelTopology } from './topology-types.ts'

/** What a model of one topology takes, computed without building it. */
export type ModelSize = {
  /** Numbers to train. */
  readonly weights: number
  /** Activations of one row over all layers, its features included. */
  readonly activations: number
}

/**
 * Number of weights and activations of a model (T20), of the layers before the first that does not fit. Exact: with the caps of the
 * schema no sum comes near 2^53.
 * @param featureShape - shape of one row, see featureShapeOf.
 */
export function sizeOfModel(topology: ModelTopology, featureShape: readonly number[]): ModelSize {
  let shape = featureShape
  let weights = 0
  let activations = sizeOf(shape)
  for (const layer of topology.layers) {
    const made = layerShape(layer, shape)
    if ('needs' in made) break
    weights += countValues(made.tensors)
    shape = made.output
    // What changes no value needs no room of its own.
    if (changesValues(layer)) activations += sizeOf(shape)
  }
  return { weights, activations }
}

/** Number of weights of a model. */
export function countWeights(topology: ModelTopology, featureShape: readonly number[]): number {
  return sizeOfModel(topology, featureShape).weights
}

/** What is wrong with a model trained in batches of `batchSize` rows; paths start at "model" (T20). */
export function checkTopology(model: ModelSpec, batchSize: number): readonly ManifestIssue[] {
  const { topology, featureShape } = model
  if (sizeOf(featureShape) > MAX_FEATURES) {
    return [issueAt(['data'], sizeOf(featureShape), `at most ${MAX_FEATURES} numbers a row`)]
  }
  const { weights, activations } = sizeOfModel(topology, featureShape)
  const issues = [...checkLayers(model), ...checkOutput(model)]
  if (weights > MAX_MODEL_WEIGHTS) {
    issues.push(issueAt(['model'], weights, `at most ${MAX_MODEL_WEIGHTS} weights`))
  }
  if (activations * batchSize > MAX_BATCH_ACTIVATIONS) {
    const most = `at most ${MAX_BATCH_ACTIVATIONS} activations a batch`
    issues.push(issueAt(['training', 'batchSize'], activations * batchSize, most))
  }
  return issues
}

/** The first layer that cannot follow what comes before it, and softmax where it does not belong. */
function checkLayers({ topology, featureShape }: ModelSpec): ManifestIssue[] {
  let shape = featureShape
  for (const [index, layer] of topology.layers.entries()) {
    const path = ['model', 'layers', index]
    const made = layerShape(layer, shape)
    if ('needs' in made)
      return [
        issueAt(
          [...path, 'className'],
          layer.className,
          `a layer for such rows: ${layer.className} needs ${made.needs}`,
        ),
      ]
    if (layer.className === 'Embedding' && topology.layers.slice(0, index).some(changesValues)) {
      const expected = 'another layer: what Embedding looks up are the rows themselves'
      return [issueAt([...path, 'className'], layer.className, expected)]
    }
    if (activationOf(layer) === 'softmax' && index < topology.layers.length - 1) {
      const expected = 'another activation: softmax belongs on the last layer'
      return [issueAt([...path, 'config', 'activation'], 'softmax', expected)]
    }
    shape = made.output
  }
  return []
}

function checkOutput({ topology, objective, featureShape }: ModelSpec): ManifestIssue[] {
  const path = ['model', 'layers', topology.layers.length - 1]
  const last = topology.layers.at(-1)
  if (last?.className !== 'Dense') {
    return [issueAt([...path, 'className'], last?.className, '"Dense" as the last layer')]
  }
  const { units, activation = 'linear' } = last.config
  const issues: ManifestIssue[] = []
  const outputs = outputsOf(objective, sizeOf(featureShape))
  if (units !== outputs) {
    issues.push(
      issueAt([...path, 'config', 'units'], units, `${outputs}, ${OUTPUTS[objective.kind]}`),
    )
  }
  const isClassifier = objective.kind === 'classes'
  if (isClassifier ? activation !== 'softmax' : activation === 'softmax') {
    const expected = isClassifier
      ? '"softmax" in the last layer'
      : 'another activation than softmax'
    issues.push(issueAt([...path, 'config', 'activation'], activation, expected))
  }
  return issues
}

const OUTPUTS: Readonly<Record<ModelSpec['objective']['kind'], string>> = {
  classes: 'the number of classes',
  value: 'one number a row',
  risk: 'one risk a row',
  reconstruction: 'the numbers of a row, which the model has to give back',
}

function changesValues({ className }: ModelTopology['layers'][number]): boolean {
  return className !== 'Flatten' && className !== 'Reshape'
}

function activationOf({ config }: ModelTopology['layers'][number]): string | undefined {
  return 'activation' in config ? config.activation : undefined
}
