import type { Activation } from '@fednode/protocol'
import type { OnnxGraph } from './onnx-graph.ts'

/** Of the tanh form of GELU (Hendrycks & Gimpel 2016, section 2). */
const GELU_SCALE = Math.sqrt(2 / Math.PI)
const GELU_CUBIC = 0.044715
/** Activations that are one operator without attributes; Elu's alpha is 1. */
const OPERATORS: Readonly<Record<Exclude<Activation, 'linear' | 'softmax' | 'gelu'>, string>> = {
  relu: 'Relu',
  tanh: 'Tanh',
  sigmoid: 'Sigmoid',
  elu: 'Elu',
  softplus: 'Softplus',
}

/** Adds a non-linearity, element by element but for softmax, which is over the last axis. */
export function addActivation(graph: OnnxGraph, activation: Activation, sums: string): string {
  switch (activation) {
    case 'linear':
      return sums
    case 'softmax':
      return graph.add('Softmax', [sums], { axis: -1 })
    case 'gelu':
      return addGelu(graph, sums)
    default:
      return graph.add(OPERATORS[activation], [sums])
  }
}

/** The tanh form, of which opset 17 has no operator. */
function addGelu(graph: OnnxGraph, x: string): string {
  const cubed = graph.add('Mul', [graph.add('Mul', [x, x]), x])
  const bent = graph.add('Add', [x, graph.add('Mul', [cubed, graph.number(GELU_CUBIC)])])
  const gate = graph.add('Tanh', [graph.add('Mul', [bent, graph.number(GELU_SCALE)])])
  const half = graph.add('Mul', [x, graph.number(0.5)])
  return graph.add('Mul', [half, graph.add('Add', [gate, graph.number(1)])])
}
