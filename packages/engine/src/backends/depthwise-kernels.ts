import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import {
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
  getKernel,
  type KernelFunc,
  Sum,
  type TensorInfo,
  Tile,
} from '@tensorflow/tfjs-core'
import { channelProductsOf } from './channel-products.ts'
import type { ConvolutionAttributes } from './convolution-shape.ts'
import { croppedImages } from './cropped-images.ts'
import { type DepthwiseShape, depthwiseShape } from './depthwise-shape.ts'
import { frameImages } from './framed-images.ts'
import { installKernel } from './install-kernel.ts'
import { addressOf } from './wasm-memory.ts'
import { zeroTensor } from './zero-tensor.ts'

const FLOAT_BYTES = 4

/** Gradients of depthwise convolutions on the wasm back end, which has to be started and has none. Installing is idempotent. */
export function installDepthwiseKernels(): void {
  installKernel(DepthwiseConv2dNativeBackpropFilter, filterGradient)
  installKernel(DepthwiseConv2dNativeBackpropInput, inputGradient)
}

function filterGradient(stock: KernelFunc): KernelFunc {
  return (args) => {
    const { x, dy } = args.inputs as Record<'x' | 'dy', TensorInfo>
    const attributes = args.attrs as unknown as ConvolutionAttributes & { filterShape: number[] }
    const shape = depthwiseShape(x.shape, attributes.filterShape, attributes)
    if (shape === undefined) return stock(args)
    const backend = args.backend as BackendWasm
    const repeated = repeatChannels(backend, x, shape)
    const frame = frameImages(backend, repeated.x, shape.frame)
    const out = zeroTensor(backend, attributes.filterShape)
    const { correlate } = channelProductsOf(backend)
    overKernel(shape, (at) => {
      const a = frame.address + at.a
      const sums = addressOf(backend, out) + at.kernel
      correlate(a, ...at.aSteps, addressOf(backend, dy) + at.dy, ...at.dySteps, sums, ...at.counts)
    })
    frame.release()
    repeated.release()
    return out
  }
}

function inputGradient(stock: KernelFunc): KernelFunc {
  return (args) => {
    const { dy, filter } = args.inputs as Record<'dy' | 'filter', TensorInfo>
    const attributes = args.attrs as unknown as ConvolutionAttributes & { inputShape: number[] }
    const shape = depthwiseShape(attributes.inputShape, filter.shape, attributes)
    if (shape === undefined) return stock(args)
    const backend = args.backend as BackendWasm
    const { images, frame, channels } = shape
    const framed = zeroTensor(backend, [images, frame.height, frame.width, channels])
    const { spread } = channelProductsOf(backend)
    overKernel(shape, (at) => {
      const a = addressOf(backend, framed) + at.a
      const factors = addressOf(backend, filter) + at.kernel
      spread(a, ...at.aSteps, addressOf(backend, dy) + at.dy, ...at.dySteps, factors, ...at.counts)
    })
    const out = croppedImages(backend, framed, { ...frame, ...shape.size })
    backend.disposeData(framed.dataId)
    return sumRepeated(backend, out, shape)
  }
}

/** Where one element of the kernel meets one image: offsets in bytes, and the arguments of ChannelProducts. */
type Meeting = {
  readonly a: number
  readonly aSteps: [pixel: number, line: number]
  readonly dy: number
  readonly dySteps: [pixel: number, line: number]
  readonly kernel: number
  readonly counts: [rows: number, columns: number, channelBytes: number]
}

function overKernel(shape: DepthwiseShape, visit: (at: Meeting) => void): void {
  const { images, frame, channels, kernelHeight, kernelWidth, outHeight, outWidth } = shape
  const bytes = channels * FLOAT_BYTES
  const lineBytes = frame.width * bytes
  for (let image = 0; image < images; image++)
    for (let row = 0; row < kernelHeight; row++)
      for (let column = 0; column < kernelWidth; column++)
        visit({
          a: (image * frame.height + row) * lineBytes + column * bytes,
          aSteps: [shape.strideWidth * bytes, shape.strideHeight * lineBytes],
          dy: image * outHeight * outWidth * bytes,
          dySteps: [bytes, outWidth * bytes],
          kernel: (row * kernelWidth + column) * bytes,
          counts: [outHeight, outWidth, bytes],
        })
}

/** Every channel as often as the kernel has results for it, side by side. */
function repeatChannels(backend: BackendWasm, x: TensorInfo, { multiplier }: DepthwiseShape) {
  if (multiplier === 1) return { x, release: () => {} }
  const last = x.shape.length
  const reps = [...x.shape.map(() => 1), multiplier]
  const single = { ...x, shape: [...x.shape, 1] }
  const { kernelFunc } = getKernel(Tile, 'wasm')
  const tiled = kernelFunc({ inputs: { x: single }, backend, attrs: { reps } }) as TensorInfo
  const shape = x.shape.with(last - 1, (x.shape[last - 1] ?? 0) * multiplier)
  return { x: { ...tiled, shape }, release: () => void backend.disposeData(tiled.dataId) }
}

/** The sum over the results of every channel; takes `x` over. */
function sumRepeated(
  backend: BackendWasm,
  x: TensorInfo,
  { multiplier }: DepthwiseShape,
): TensorInfo {
  if (multiplier === 1) return x
  const last = x.shape.length
  const shape = x.shape.with(last - 1, (x.shape[last - 1] ?? 0) / multiplier)
  const single = { ...x, shape: [...shape, multiplier] }
  const { kernelFunc } = getKernel(Sum, 'wasm')
  const attrs = { axis: last, keepDims: false }
  const out = kernelFunc({ inputs: { x: single }, backend, attrs }) as TensorInfo
  backend.disposeData(x.dataId)
  return out
}
