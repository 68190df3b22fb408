import type { Activation, LayerSpec, ModelSpec, Objective } from '@fednode/protocol'
import { dense, FLATTEN } from '../fixtures.ts'

const CLASSES: Objective = { kind: 'classes', classes: 3 }
const VALUE: Objective = { kind: 'value', loss: 'mse' }

function model(
  featureShape: readonly number[],
  objective: Objective,
  layers: readonly LayerSpec[],
): ModelSpec {
  return { topology: { className: 'Sequential', layers }, featureShape, objective }
}

function unit(units: number, activation: Activation): LayerSpec {
  return { className: 'Dense', config: { units, activation } }
}

const ACTIVATIONS = ['tanh', 'sigmoid', 'elu', 'softplus', 'gelu', 'relu'] as const

/** A small model of every kind that a manifest can have, and together every layer and option. */
export const PRESETS = {
  'logistic regression': model([5], CLASSES, [dense(3, 'softmax')]),
  'linear regression': model([5], VALUE, [dense(1, 'linear')]),
  'MLP with every activation': model([5], CLASSES, [
    ...ACTIVATIONS.map((activation) => unit(4, activation)),
    { className: 'Dropout', config: { rate: 0.5 } },
    dense(3, 'softmax', false),
  ]),
  'MLP with layer normalisation': model([5], VALUE, [
    unit(6, 'relu'),
    { className: 'LayerNormalization', config: {} },
    { className: 'LayerNormalization', config: { epsilon: 0.1 } },
    dense(1, 'linear'),
  ]),
  'CNN of images': model([9, 8, 2], CLASSES, [
    {
      className: 'Conv2D',
      config: { filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' },
    },
    { className: 'MaxPooling2D', config: { poolSize: 2 } },
    {
      className: 'DepthwiseConv2D',
      config: { kernelSize: 2, depthMultiplier: 3, padding: 'same', strides: 2 },
    },
    {
      className: 'Conv2D',
      config: { filters: 3, kernelSize: 2, useBias: false, activation: 'gelu' },
    },
    FLATTEN,
    dense(3, 'softmax'),
  ]),
  'CNN with strides': model([11, 10, 1], CLASSES, [
    { className: 'Conv2D', config: { filters: 4, kernelSize: 3, padding: 'same', strides: 2 } },
    { className: 'AveragePooling2D', config: { poolSize: 2 } },
    { className: 'GlobalMaxPooling2D', config: {} },
    dense(3, 'softmax'),
  ]),
  'CNN with a global mean': model([6, 6, 1], VALUE, [
    { className: 'DepthwiseConv2D', config: { kernelSize: 3, useBias: false } },
    { className: 'GlobalAveragePooling2D', config: {} },
    dense(1, 'linear'),
  ]),
  '1-D CNN': model([12, 2], VALUE, [
    {
      className: 'Conv1D',
      config: { filters: 5, kernelSize: 4, padding: 'same', activation: 'relu' },
    },
    { className: 'MaxPooling1D', config: { poolSize: 2 } },
    { className: 'Conv1D', config: { filters: 4, kernelSize: 2, strides: 2 } },
    { className: 'AveragePooling1D', config: { poolSize: 2 } },
    { className: 'GlobalMaxPooling1D', config: {} },
    dense(1, 'linear'),
  ]),
  LSTM: model([7, 2], VALUE, [{ className: 'LSTM', config: { units: 4 } }, dense(1, 'linear')]),
  GRU: model([7, 2], VALUE, [{ className: 'GRU', config: { units: 4 } }, dense(1, 'linear')]),
  'LSTM and GRU on one another': model([6, 3], CLASSES, [
    { className: 'LSTM', config: { units: 4, returnSequences: true } },
    { className: 'GRU', config: { units: 3, returnSequences: true } },
    FLATTEN,
    dense(3, 'softmax'),
  ]),
  'text by the mean of its words': model([6], CLASSES, [
    { className: 'Embedding', config: { inputDim: 5, outputDim: 4, maskZero: true } },
    { className: 'GlobalAveragePooling1D', config: {} },
    dense(3, 'softmax'),
  ]),
  'text by an LSTM': model([6], CLASSES, [
    { className: 'Embedding', config: { inputDim: 5, outputDim: 4, maskZero: true } },
    { className: 'LSTM', config: { units: 3 } },
    dense(3, 'softmax'),
  ]),
  'Cox proportional hazards': model([5], { kind: 'risk' }, [dense(1, 'linear', false)]),
  autoencoder: model([4, 2], { kind: 'reconstruction' }, [
    { className: 'Reshape', config: { targetShape: [2, 4] } },
    { className: 'LayerNormalization', config: {} },
    FLATTEN,
    unit(3, 'tanh'),
    dense(8, 'linear'),
  ]),
} satisfies Readonly<Record<string, ModelSpec>>
