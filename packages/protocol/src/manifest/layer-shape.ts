import { sizeOf, type TensorSpec } from '../codec/weights.ts'
import type { LayerConfigs, LayerSpec } from './topology-types.ts'

/** What one layer makes of its input: shapes are those of one row. Costs nothing that grows with the sizes asked for (T20). */
export type LayerShape = {
  readonly output: readonly number[]
  /** Names without the layer's own: "kernel", "bias". */
  readonly tensors: readonly TensorSpec[]
}

/** A layer that cannot follow what comes before it, with what it would need. */
export type UnfitLayer = { readonly needs: string }

type Shape = readonly number[]
type Shaped = LayerShape | UnfitLayer

const VECTOR_RANK = 1
const SEQUENCE_RANK = 2
const IMAGE_RANK = 3
/** Gates of a recurrent layer, one block of the kernels each (Keras: i f c o; z r h). */
const GATES = { LSTM: 4, GRU: 3 } as const

/** Output shape and weights of a layer, named and laid out as TensorFlow.js does. */
export function layerShape(spec: LayerSpec, input: Shape): Shaped {
  switch (spec.className) {
    case 'Dense':
      return input.length === VECTOR_RANK
        ? withKernel(spec.config, [input[0] as number, spec.config.units], [spec.config.units])
        : unfit('flat rows: put Flatten or a global pooling before it', input)
    case 'Flatten':
      return plain([sizeOf(input)])
    case 'Reshape':
      return sizeOf(spec.config.targetShape) === sizeOf(input)
        ? plain(spec.config.targetShape)
        : unfit(`a targetShape of ${sizeOf(input)} values`, input)
    case 'Dropout':
      return plain(input)
    case 'LayerNormalization':
      return normalization(input)
    case 'LSTM':
    case 'GRU':
      return recurrent(spec.config, GATES[spec.className], input)
    case 'Embedding':
      return embedding(spec.config, input)
    default:
      return overSpace(spec, input)
  }
}

/** The layers that slide or pool over one or two dimensions. */
function overSpace(
  spec: Extract<LayerSpec, { className: `${string}1D` | `${string}2D` }>,
  input: Shape,
): Shaped {
  const rank = spec.className.endsWith('2D') ? IMAGE_RANK : SEQUENCE_RANK
  if (input.length !== rank) {
    const shape = rank === IMAGE_RANK ? '[height, width, channels]' : '[steps, channels]'
    return unfit(`rows of shape ${shape}`, input)
  }
  switch (spec.className) {
    case 'Conv1D':
    case 'Conv2D':
      return convolution(spec.config, input)
    case 'DepthwiseConv2D':
      return depthwise(spec.config, input)
    case 'MaxPooling1D':
    case 'AveragePooling1D':
    case 'MaxPooling2D':
    case 'AveragePooling2D':
      return slid(input, { kernelSize: spec.config.poolSize, strides: spec.config.poolSize })
    default:
      return plain(input.slice(-1))
  }
}

function convolution(config: LayerConfigs['Conv1D'], input: Shape): Shaped {
  const { filters, kernelSize } = config
  const windows = slid(input, config)
  if ('needs' in windows) return windows
  const kernel = [...input.slice(0, -1).map(() => kernelSize), input.at(-1) as number, filters]
  return withKernel(config, kernel, [...windows.output.slice(0, -1), filters])
}

function depthwise(config: LayerConfigs['DepthwiseConv2D'], input: Shape): Shaped {
  const { kernelSize, depthMultiplier = 1 } = config
  const windows = slid(input, config)
  if ('needs' in windows) return windows
  const channels = input.at(-1) as number
  const output = [...windows.output.slice(0, -1), channels * depthMultiplier]
  const kernel = [kernelSize, kernelSize, channels, depthMultiplier]
  return withKernel(config, kernel, output, 'depthwise_kernel')
}

/** Windows over all dimensions but the last. */
function slid(
  input: Shape,
  {
    kernelSize,
    strides = 1,
    padding = 'valid',
  }: { readonly kernelSize: number; readonly strides?: number; readonly padding?: string },
): Shaped {
  const lost = padding === 'same' ? 0 : kernelSize - 1
  const spatial = input.slice(0, -1).map((size) => Math.ceil((size - lost) / strides))
  if (spatial.some((size) => size < 1))
    return unfit(`at least ${kernelSize} in every dimension`, input)
  return plain([...spatial, input.at(-1) as number])
}

function normalization(input: Shape): Shaped {
  const last = [input.at(-1) as number]
  return {
    output: input,
    tensors: [
      { name: 'gamma', shape: last },
      { name: 'beta', shape: last },
    ],
  }
}

function recurrent(
  { units, returnSequences = false }: LayerConfigs['LSTM'],
  gates: number,
  input: Shape,
): Shaped {
  const [steps, channels] = input
  if (input.length !== SEQUENCE_RANK || steps === undefined || channels === undefined)
    return unfit('rows of shape [steps, channels]', input)
  return {
    output: returnSequences ? [steps, units] : [units],
    tensors: [
      { name: 'kernel', shape: [channels, gates * units] },
      { name: 'recurrent_kernel', shape: [units, gates * units] },
      { name: 'bias', shape: [gates * units] },
    ],
  }
}

function embedding({ inputDim, outputDim }: LayerConfigs['Embedding'], input: Shape): Shaped {
  if (input.length !== VECTOR_RANK) return unfit('rows of token ids', input)
  return {
    output: [...input, outputDim],
    tensors: [{ name: 'embeddings', shape: [inputDim, outputDim] }],
  }
}

function withKernel(
  { useBias = true }: { readonly useBias?: boolean },
  kernel: Shape,
  output: Shape,
  name = 'kernel',
): LayerShape {
  const bias = { name: 'bias', shape: output.slice(-1) }
  return { output, tensors: [{ name, shape: kernel }, ...(useBias ? [bias] : [])] }
}

function plain(output: Shape): LayerShape {
  return { output, tensors: [] }
}

function unfit(what: string, input: Shape): UnfitLayer {
  return { needs: `${what}; here a row has the shape [${input.join(', ')}]` }
}
