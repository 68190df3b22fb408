import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import {
  Conv2D,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  FusedConv2D,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core'
import {
  type ConvolutionAttributes,
  type ConvolutionShape,
  convolutionShape,
} from './convolution-shape.ts'
import { type ConvolutionOperands, convolveDirectly } from './direct-convolution.ts'
import { directFilterGradient } from './direct-filter-gradient.ts'
import {
  type FusedAttributes,
  type FusedInputs,
  floorOf,
  isFusible,
  withActivation,
} from './fused-activation.ts'
import { installKernel } from './install-kernel.ts'
import { rotatedKernel } from './rotated-kernel.ts'
import { convolveTiles } from './winograd-convolution.ts'
import { transformFilter } from './winograd-filter.ts'
import { tiledFilterGradient } from './winograd-filter-gradient.ts'
import { isWinograd } from './winograd-kernel.ts'
import { WINOGRAD_PLANES } from './winograd-matrices.ts'
import { tileGrid } from './winograd-tiles.ts'
import { zeroTensor } from './zero-tensor.ts'

/** What transforming a channel of a tile costs, in multiplications of a product. */
const TRANSFORM_COST = 200

/**
 * Conv2D and its gradients on the wasm back end, which has to be started. Stock has no gradient of the kernel, takes a scalar loop for that
 * of the input, and prepares an XNNPACK operator for every changed kernel. Installing is idempotent.
 */
export function installConvolutionKernels(): void {
  installKernel(Conv2D, forward)
  installKernel(FusedConv2D, fusedForward)
  installKernel(Conv2DBackpropInput, inputGradient)
  installKernel(Conv2DBackpropFilter, filterGradient)
}

function forward(stock: KernelFunc): KernelFunc {
  return (args) => {
    const { x, filter } = args.inputs as Record<'x' | 'filter', TensorInfo>
    const attributes = args.attrs as unknown as ConvolutionAttributes
    const shape = convolutionShape(x.shape, filter.shape, attributes)
    if (shape === undefined || x.dtype !== 'float32') return stock(args)
    return convolve(args.backend as BackendWasm, shape, { x, kernel: filter })
  }
}

function fusedForward(stock: KernelFunc): KernelFunc {
  return (args) => {
    const { x, filter, ...inputs } = args.inputs as Record<'x' | 'filter', TensorInfo> & FusedInputs
    const attributes = args.attrs as unknown as ConvolutionAttributes & FusedAttributes
    const shape = convolutionShape(x.shape, filter.shape, attributes)
    const isTaken = shape !== undefined && isFusible(inputs, attributes, shape.filters)
    if (!isTaken || x.dtype !== 'float32') return stock(args)
    const backend = args.backend as BackendWasm
    const bias = inputs.bias ?? undefined
    const out = convolve(backend, shape, { x, kernel: filter, bias, floor: floorOf(attributes) })
    return withActivation(backend, out, { ...attributes, ...inputs })
  }
}

/** By whichever way is faster for these sizes. */
function convolve(
  backend: BackendWasm,
  shape: ConvolutionShape,
  operands: ConvolutionOperands,
): TensorInfo {
  const { rowStep = 1, columnStep = 1, x, kernel } = operands
  const isSpread = rowStep * columnStep > 1
  if (isSpread || !hasTiles(shape)) return convolveDirectly(backend, shape, operands)
  const u = transformFilter(backend, kernel)
  const { bias = zeroTensor(backend, [shape.filters]), floor = Number.NEGATIVE_INFINITY } = operands
  const out = convolveTiles(backend, shape, { x, u, bias, floor })
  backend.disposeData(u.dataId)
  if (operands.bias === undefined) backend.disposeData(bias.dataId)
  return out
}

/**
 * Whether transformed tiles are the faster way. Counted per image, in multiplications: a batch of another size must not change a row's
 * result.
 */
function hasTiles(shape: ConvolutionShape): boolean {
  const { kernelHeight, kernelWidth, strideHeight, strideWidth, depth, filters } = shape
  if (kernelHeight !== kernelWidth || strideHeight * strideWidth > 1) return false
  if (!isWinograd(kernelHeight, depth, filters)) return false
  const { rows, columns } = tileGrid(shape, kernelHeight)
  const pairs = depth * filters
  const tiled = rows * columns * (WINOGRAD_PLANES * pairs + TRANSFORM_COST * (depth + filters))
  return tiled < shape.outHeight * shape.outWidth * kernelHeight * kernelWidth * pairs
}

function inputGradient(stock: KernelFunc): KernelFunc {
  return (args) => {
    const { dy, filter } = args.inputs as Record<'dy' | 'filter', TensorInfo>
    const attributes = args.attrs as unknown as ConvolutionAttributes & { inputShape: number[] }
    const shape = convolutionShape(attributes.inputShape, filter.shape, attributes)
    if (shape === undefined || dy.dtype !== 'float32') return stock(args)
    return convolveBack(args.backend as BackendWasm, shape, { dy, filter })
  }
}

/** The convolution of the result's gradient, with its pixels a stride apart, with the kernel turned round. */
function convolveBack(
  backend: BackendWasm,
  shape: ConvolutionShape,
  { dy, filter }: { readonly dy: TensorInfo; readonly filter: TensorInfo },
): TensorInfo {
  const { height, width, depth, kernelHeight, kernelWidth, filters } = shape
  const kernel = rotatedKernel(backend, filter)
  const out = convolve(
    backend,
    {
      ...shape,
      ...{ height: shape.outHeight, width: shape.outWidth, depth: filters, filters: depth },
      ...{ outHeight: height, outWidth: width, strideHeight: 1, strideWidth: 1 },
      ...{ top: kernelHeight - 1 - shape.top, left: kernelWidth - 1 - shape.left },
    },
    { x: dy, kernel, rowStep: shape.strideHeight, columnStep: shape.strideWidth },
  )
  backend.disposeData(kernel.dataId)
  return out
}

function filterGradient(stock: KernelFunc): KernelFunc {
  return (args) => {
    const { x, dy } = args.inputs as Record<'x' | 'dy', TensorInfo>
    const attributes = args.attrs as unknown as ConvolutionAttributes & { filterShape: number[] }
    const shape = convolutionShape(x.shape, attributes.filterShape, attributes)
    if (shape === undefined) return stock(args)
    const gradient = hasTiles(shape) ? tiledFilterGradient : directFilterGradient
    return gradient(args.backend as BackendWasm, shape, { x, dy })
  }
}
