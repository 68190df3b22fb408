import * as tf from '@tensorflow/tfjs-core'
import type { PlanOf } from '../layer-plan.ts'
import { addBias, type LayerTensors, tensorOf } from './layer-tensors.ts'

type Matrix = tf.Tensor2D

/** Gates of every step before what comes from the state: one [rows, gates * units] per step. */
type StepInputs = readonly Matrix[]

/** LSTM with sigmoid gates i f c o as in Keras (Hochreiter & Schmidhuber 1997; forget gate of Gers et al. 2000). */
export function runLstm(
  layer: PlanOf<'LSTM'>,
  tensors: LayerTensors,
  sequences: tf.Tensor3D,
): tf.Tensor {
  const recurrent = tensorOf<Matrix>(tensors, 'recurrent_kernel')
  let hidden = firstState(layer, sequences)
  let cell = hidden
  const states = stepInputs(tensors, sequences).map((input) => {
    const gates = tf.add<Matrix>(input, tf.matMul(hidden, recurrent))
    const [i, f, c, o] = tf.split(gates, 4, 1) as [Matrix, Matrix, Matrix, Matrix]
    cell = tf.add(tf.mul(tf.sigmoid(f), cell), tf.mul<Matrix>(tf.sigmoid(i), tf.tanh(c)))
    hidden = tf.mul(tf.sigmoid(o), tf.tanh(cell))
    return hidden
  })
  return outputOf(layer, states)
}

/** GRU with sigmoid gates z r h as in Keras, its reset gate before the product (Cho et al. 2014, arXiv 1406.1078). */
export function runGru(
  layer: PlanOf<'GRU'>,
  tensors: LayerTensors,
  sequences: tf.Tensor3D,
): tf.Tensor {
  const { units } = layer.spec.config
  const recurrent = tensorOf<Matrix>(tensors, 'recurrent_kernel')
  const [forGates, forState] = tf.split(recurrent, [2 * units, units], 1) as [Matrix, Matrix]
  let hidden = firstState(layer, sequences)
  const states = stepInputs(tensors, sequences).map((input) => {
    const [fromInput, candidateInput] = tf.split(input, [2 * units, units], 1) as [Matrix, Matrix]
    const gates = tf.sigmoid(tf.add(fromInput, tf.matMul(hidden, forGates)))
    const [update, reset] = tf.split(gates, 2, 1) as [Matrix, Matrix]
    const remembered = tf.matMul(tf.mul<Matrix>(reset, hidden), forState)
    const candidate = tf.tanh(tf.add(candidateInput, remembered))
    hidden = tf.add(candidate, tf.mul(update, tf.sub<Matrix>(hidden, candidate)))
    return hidden
  })
  return outputOf(layer, states)
}

function firstState({ spec }: PlanOf<'LSTM' | 'GRU'>, sequences: tf.Tensor3D): Matrix {
  return tf.zeros([sequences.shape[0], spec.config.units])
}

/** One product for all steps: the state's own is all that has to wait for the step before. */
function stepInputs(tensors: LayerTensors, sequences: tf.Tensor3D): StepInputs {
  const [rows, steps, channels] = sequences.shape
  // Steps first, so that those of one step lie together.
  const flat = tf.reshape<tf.Rank.R2>(tf.transpose(sequences, [1, 0, 2]), [steps * rows, channels])
  const sums = addBias(tensors, tf.matMul<Matrix>(flat, tensorOf(tensors, 'kernel')))
  return tf.unstack(tf.reshape(sums, [steps, rows, -1])) as Matrix[]
}

function outputOf({ spec }: PlanOf<'LSTM' | 'GRU'>, states: readonly Matrix[]): tf.Tensor {
  if (spec.config.returnSequences === true) return tf.stack([...states], 1)
  // A row has at least one step.
  return states.at(-1) as Matrix
}
