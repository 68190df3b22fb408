import type { PlanOf } from '../../models/layer-plan.ts'
import type { LayerInput } from './layer-input.ts'
import { transpose } from './transpose.ts'

type Recurrent = PlanOf<'LSTM' | 'GRU'>

/** Where ONNX's gates stand in the kernels of Keras: i o f c of i f c o, and z r h of z r h. */
const GATES = { LSTM: [0, 3, 1, 2], GRU: [0, 1, 2] } as const

/** Adds an LSTM, or a GRU whose reset gate comes before the product (`linear_before_reset` 0), steps first as ONNX has them. */
export function addRecurrent(recurrent: LayerInput<Recurrent>): string {
  const { graph, layer, input } = recurrent
  const { className, config } = layer.spec
  const { units, returnSequences = false } = config
  const inputs = [
    graph.add('Transpose', [input], { perm: [1, 0, 2] }),
    addKernel(recurrent, 'kernel'),
    addKernel(recurrent, 'recurrent_kernel'),
    addBias(recurrent),
  ]
  const attributes = { hidden_size: units }
  if (!returnSequences) {
    const last = graph.addSecond(className, inputs, attributes)
    return graph.add('Squeeze', [last, graph.integers([0])])
  }
  const steps = graph.add(className, inputs, attributes)
  const squeezed = graph.add('Squeeze', [steps, graph.integers([1])])
  return graph.add('Transpose', [squeezed], { perm: [1, 0, 2] })
}

/** [inputs, gates * units] as [1, gates * units, inputs], gates in ONNX's order. */
function addKernel({ graph, layer, valuesOf }: LayerInput<Recurrent>, tensor: string): string {
  const { units } = layer.spec.config
  const order = GATES[layer.spec.className]
  const values = valuesOf(tensor)
  const inputs = values.length / (order.length * units)
  const turned = transpose(values, [inputs, order.length * units], [1, 0]).values
  const sorted = inGateOrder(turned, order, units * inputs)
  return graph.weights(`${layer.name}/${tensor}`, [1, order.length * units, inputs], sorted)
}

/** ONNX has two biases, of which the second is 0 here. */
function addBias({ graph, layer, valuesOf }: LayerInput<Recurrent>): string {
  const { units } = layer.spec.config
  const order = GATES[layer.spec.className]
  const values = new Float32Array(2 * order.length * units)
  values.set(inGateOrder(valuesOf('bias'), order, units))
  return graph.weights(`${layer.name}/bias`, [1, values.length], values)
}

function inGateOrder(values: Float32Array, order: readonly number[], size: number): Float32Array {
  const sorted = new Float32Array(values.length)
  order.forEach((gate, i) => {
    sorted.set(values.subarray(gate * size, (gate + 1) * size), i * size)
  })
  return sorted
}
