import type { LayerPlan, PlanOf } from './layer-plan.ts'
import { isPlainActivation, type PlainActivation } from './plain-activation.ts'

/** Height, width and channels of one row between layers. */
type SpatialShape = readonly [height: number, width: number, channels: number]

/** One convolution with a square kernel over NHWC rows, and where its weights lie in `Weights.values`. */
export type ConvolutionPlan = {
  readonly kind: 'convolution'
  readonly input: SpatialShape
  readonly output: SpatialShape
  readonly kernelSize: number
  readonly strides: number
  readonly padding: 'valid' | 'same'
  readonly activation: PlainActivation
  readonly useBias: boolean
  /** Kernel [kernelSize, kernelSize, channels, filters], then the bias [filters]. */
  readonly kernelOffset: number
  readonly biasOffset: number
}

/** One pooling layer: the maximum of every `size` x `size` window; what is left over at the end is dropped. */
export type PoolingPlan = {
  readonly kind: 'pooling'
  readonly input: SpatialShape
  readonly output: SpatialShape
  readonly size: number
}

/** A layer below the Dense stack that keeps the image's two dimensions. */
export type SpatialPlan = ConvolutionPlan | PoolingPlan

/** Plan of a layer below the Dense stack; undefined for one that the stack does not cover. */
export function planSpatial(layer: LayerPlan): SpatialPlan | undefined {
  const { spec } = layer
  if (spec.className === 'Conv2D') return planConvolution({ ...layer, spec })
  if (spec.className !== 'MaxPooling2D') return undefined
  const { input, output } = layer
  const { poolSize: size } = spec.config
  return { kind: 'pooling', input: asImage(input), output: asImage(output), size }
}

function planConvolution(layer: PlanOf<'Conv2D'>): ConvolutionPlan | undefined {
  const { kernelSize, strides = 1, padding = 'valid' } = layer.spec.config
  const { activation = 'linear', useBias = true } = layer.spec.config
  const [kernel] = layer.tensors
  if (kernel === undefined || !isPlainActivation(activation)) return undefined
  return {
    kind: 'convolution',
    input: asImage(layer.input),
    output: asImage(layer.output),
    kernelSize,
    strides,
    padding,
    activation,
    useBias,
    kernelOffset: kernel.offset,
    biasOffset: kernel.offset + kernel.size,
  }
}

/** The shape of a row that a layer of two dimensions takes or gives. */
function asImage(shape: readonly number[]): SpatialShape {
  // layerShape gives such layers rows of three dimensions only.
  return shape as SpatialShape
}
