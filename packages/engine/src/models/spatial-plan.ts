import { type LayerSpec, MAX_MODEL_WEIGHTS, type TensorSpec } from '@fednode/protocol'
import { checkActivation, checkCount, type HiddenActivation, unsupported } from './check-layer.ts'

/** Height, width and channels of one row between layers. */
export type SpatialShape = readonly [height: number, width: number, channels: number]

/** One convolution with a square kernel over NHWC rows, and where its weights lie in `Weights.values`. */
export type ConvolutionPlan = {
  readonly kind: 'convolution'
  readonly name: string
  readonly input: SpatialShape
  readonly output: SpatialShape
  readonly kernelSize: number
  readonly strides: number
  readonly padding: 'valid' | 'same'
  readonly activation: HiddenActivation
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

type SpatialSpec = Extract<LayerSpec, { className: 'Conv2D' | 'MaxPooling2D' }>

const IMAGE_DIMENSIONS = 3

/** Whether a layer belongs to the convolutional part of a model. */
export function isSpatial(spec: LayerSpec): spec is SpatialSpec {
  return spec.className === 'Conv2D' || spec.className === 'MaxPooling2D'
}

/**
 * Plans the convolutions and poolings that a model begins with. Costs nothing that grows with the sizes asked for (T20).
 * @throws {EngineError} UNSUPPORTED_MODEL.
 */
export function planSpatial(
  specs: readonly SpatialSpec[],
  featureShape: readonly number[],
): SpatialPlan[] {
  const plans: SpatialPlan[] = []
  let offset = 0
  let index = 0
  for (const spec of specs) {
    const input = plans.at(-1)?.output ?? imageShape(featureShape)
    if (spec.className === 'MaxPooling2D') {
      plans.push(planPooling(spec.config, input))
      continue
    }
    const plan = planConvolution(spec.config, { input, offset, index: ++index })
    plans.push(plan)
    offset += spatialWeights(plan)
    if (offset > MAX_MODEL_WEIGHTS)
      throw unsupported(`more than ${MAX_MODEL_WEIGHTS} weights in the first ${index} convolutions`)
  }
  return plans
}

/** Number of weights of a layer. */
export function spatialWeights(plan: SpatialPlan): number {
  if (plan.kind === 'pooling') return 0
  const [, , filters] = plan.output
  return plan.biasOffset - plan.kernelOffset + (plan.useBias ? filters : 0)
}

/** Names and shapes of a layer's weights, as TensorFlow.js gives them. */
export function spatialTensors(plan: SpatialPlan): TensorSpec[] {
  if (plan.kind === 'pooling') return []
  const { name, input, output, kernelSize, useBias } = plan
  const kernel = { name: `${name}/kernel`, shape: [kernelSize, kernelSize, input[2], output[2]] }
  return useBias ? [kernel, { name: `${name}/bias`, shape: [output[2]] }] : [kernel]
}

type SpatialConfig<Name extends SpatialSpec['className']> = Extract<
  SpatialSpec,
  { className: Name }
>['config']

function planConvolution(
  config: SpatialConfig<'Conv2D'>,
  at: { readonly input: SpatialShape; readonly offset: number; readonly index: number },
): ConvolutionPlan {
  const { filters, kernelSize, strides = 1, padding = 'valid' } = config
  const { activation = 'linear', useBias = true } = config
  const { input, offset, index } = at
  checkCount(filters, MAX_MODEL_WEIGHTS, 'filters')
  checkCount(kernelSize, MAX_MODEL_WEIGHTS, 'kernelSize')
  checkCount(strides, MAX_MODEL_WEIGHTS, 'strides')
  if (padding !== 'same' && padding !== 'valid')
    throw unsupported('the padding is not on the allow-list')
  const lost = padding === 'same' ? 0 : kernelSize - 1
  const output = [
    Math.ceil((input[0] - lost) / strides),
    Math.ceil((input[1] - lost) / strides),
    filters,
  ] as const
  checkOutput(output)
  return {
    kind: 'convolution',
    name: `conv2d_${index}`,
    input,
    output,
    kernelSize,
    strides,
    padding,
    activation: checkActivation(activation),
    useBias,
    kernelOffset: offset,
    biasOffset: offset + kernelSize * kernelSize * input[2] * filters,
  }
}

function planPooling(
  { poolSize }: SpatialConfig<'MaxPooling2D'>,
  input: SpatialShape,
): PoolingPlan {
  checkCount(poolSize, MAX_MODEL_WEIGHTS, 'poolSize')
  const [height, width, channels] = input
  const output = [Math.floor(height / poolSize), Math.floor(width / poolSize), channels] as const
  checkOutput(output)
  return { kind: 'pooling', input, output, size: poolSize }
}

function imageShape(featureShape: readonly number[]): SpatialShape {
  const [height, width, channels] = featureShape
  const isImage = featureShape.length === IMAGE_DIMENSIONS
  if (!isImage || height === undefined || width === undefined || channels === undefined)
    throw unsupported('a convolution needs rows of shape [height, width, channels]')
  return [height, width, channels]
}

function checkOutput([height, width, channels]: SpatialShape): void {
  if (height < 1 || width < 1) throw unsupported('a kernel or window is larger than its input')
  checkCount(height * width * channels, MAX_MODEL_WEIGHTS, 'activations of a layer')
}
