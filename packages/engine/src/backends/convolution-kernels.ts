import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import {
  Conv2D,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core'
import {
  type ConvolutionAttributes,
  type ConvolutionShape,
  convolutionShape,
} from './convolution-shape.ts'
import { convolveDirectly } from './direct-convolution.ts'
import { directFilterGradient } from './direct-filter-gradient.ts'
import { installKernel } from './install-kernel.ts'
import { rotatedKernel } from './rotated-kernel.ts'

/**
 * Conv2D and its gradients on the wasm back end, which has to be started. Stock has no gradient of the kernel, takes a scalar loop for that
 * of the input, and prepares an XNNPACK operator for every changed kernel. Installing is idempotent.
 */
export function installConvolutionKernels(): void {
  installKernel(Conv2D, forward)
  installKernel(Conv2DBackpropInput, inputGradient)
  installKernel(Conv2DBackpropFilter, filterGradient)
}

function forward(stock: KernelFunc): KernelFunc {
  return (args) => {
    const { x, filter } = args.inputs as Record<'x' | 'filter', TensorInfo>
    const attributes = args.attrs as unknown as ConvolutionAttributes
    const shape = convolutionShape(x.shape, filter.shape, attributes)
    if (shape === undefined || x.dtype !== 'float32') return stock(args)
    return convolveDirectly(args.backend as BackendWasm, shape, { x, kernel: filter })
  }
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
  const out = convolveDirectly(
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
    return directFilterGradient(args.backend as BackendWasm, shape, { x, dy })
  }
}
