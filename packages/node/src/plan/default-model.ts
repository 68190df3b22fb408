import {
  classesOf,
  type DataSpec,
  featureShapeOf,
  type LayerSpec,
  type ModelTopology,
  type TaskName,
  type TrainingPlan,
} from '@fednode/protocol'

/** Numbers that stand for a word. */
const WORD_SIZE = 16
/** An autoencoder squeezes a row into this part of its numbers. */
const BOTTLENECK = 4

/** A first model for a task: linear unless `hidden` has units, words by the mean of their vectors, rows without a label through a bottleneck. */
export function defaultModel(
  task: TaskName,
  data: DataSpec,
  hidden: readonly number[],
): ModelTopology {
  const layers = [...inputLayers(data), ...hiddenLayers(task, data, hidden), lastLayer(task, data)]
  return { className: 'Sequential', layers }
}

function inputLayers(data: DataSpec): readonly LayerSpec[] {
  if (data.kind === 'text') {
    // One vector for each bucket, and one for the padding.
    const inputDim = data.buckets + 1
    return [
      { className: 'Embedding', config: { inputDim, outputDim: WORD_SIZE, maskZero: true } },
      { className: 'GlobalAveragePooling1D', config: {} },
    ]
  }
  return featureShapeOf(data).length > 1 ? [{ className: 'Flatten', config: {} }] : []
}

function hiddenLayers(
  task: TaskName,
  data: DataSpec,
  hidden: readonly number[],
): readonly LayerSpec[] {
  const [features = 1] = featureShapeOf(data)
  const isSqueezed = task === 'anomaly' && hidden.length === 0
  const units = isSqueezed ? [Math.max(1, Math.floor(features / BOTTLENECK))] : hidden
  const activation = task === 'anomaly' ? 'tanh' : 'relu'
  return units.map((count) => ({ className: 'Dense', config: { units: count, activation } }))
}

function lastLayer(task: TaskName, data: DataSpec): LayerSpec {
  switch (task) {
    case 'classification':
      return {
        className: 'Dense',
        config: { units: classesOf(data).length, activation: 'softmax' },
      }
    case 'regression':
      return { className: 'Dense', config: { units: 1 } }
    case 'survival':
      // The partial likelihood does not see a constant.
      return { className: 'Dense', config: { units: 1, useBias: false } }
    case 'anomaly': {
      const units = featureShapeOf(data).reduce((product, size) => product * size, 1)
      return { className: 'Dense', config: { units } }
    }
  }
}

/** A first local training for a task. */
export function defaultTraining(task: TaskName, data: DataSpec): TrainingPlan {
  if (data.kind === 'text')
    return { optimizer: 'adam', learningRate: 0.01, batchSize: 16, epochs: 2 }
  switch (task) {
    case 'classification':
      return { optimizer: 'sgd', learningRate: 0.05, batchSize: 16, epochs: 2 }
    // Of squares that a step of plain gradients may overshoot.
    case 'regression':
    case 'anomaly':
      return { optimizer: 'adam', learningRate: 0.005, batchSize: 16, epochs: 2 }
    // A batch needs rows with an event and others still watched then.
    case 'survival':
      return { optimizer: 'adam', learningRate: 0.01, batchSize: 32, epochs: 2 }
  }
}
