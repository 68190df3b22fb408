import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import {
  AvgPoolGrad,
  backend_util,
  type KernelFunc,
  MaxPoolGrad,
  type TensorInfo,
} from '@tensorflow/tfjs-core'
import { installKernel } from './install-kernel.ts'
import { poolWindowsOf } from './pool-windows.ts'
import { addressOf } from './wasm-memory.ts'
import { zeroTensor } from './zero-tensor.ts'

/** Attributes of TensorFlow.js's gradients of poolings. */
type PoolingAttributes = {
  readonly filterSize: number | [number, number]
  readonly strides: number | [number, number]
  readonly pad: 'valid' | 'same' | number
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil'
}

/** A window: its pixels inside the image, counted from `dx`, and its result, counted from `dy`, both in bytes. */
type Window = {
  readonly offset: number
  readonly rows: number
  readonly columns: number
  readonly result: number
}

const FLOAT_BYTES = 4

/**
 * Gradients of max and mean pooling on the wasm back end, which has to be started; stock goes through them pixel by pixel. A mean's gradient
 * is divided by the pixels that its window has inside the image, as the mean is; stock divides by all of them. Installing is idempotent.
 */
export function installPoolingKernels(): void {
  installKernel(MaxPoolGrad, (stock) => (args) => {
    const { dy, input: x, output: y } = args.inputs as Record<'dy' | 'input' | 'output', TensorInfo>
    if (!isTaken(x, dy)) return stock(args)
    const backend = args.backend as BackendWasm
    const out = zeroTensor(backend, x.shape)
    const { maximum } = poolWindowsOf(backend)
    const [from, to, largest, gradient] = [x, out, y, dy].map((info) =>
      addressOf(backend, info),
    ) as [number, number, number, number]
    const { lineBytes, pixelBytes } = strideOf(x)
    for (const { offset, rows, columns, result } of windowsOf(args, x)) {
      const places = [from + offset, to + offset, largest + result, gradient + result] as const
      maximum(...places, rows, columns, lineBytes, pixelBytes)
    }
    return out
  })
  installKernel(AvgPoolGrad, (stock) => (args) => {
    const { dy, input: x } = args.inputs as Record<'dy' | 'input', TensorInfo>
    if (!isTaken(x, dy)) return stock(args)
    const backend = args.backend as BackendWasm
    const out = zeroTensor(backend, x.shape)
    const { mean } = poolWindowsOf(backend)
    const [to, gradient] = [addressOf(backend, out), addressOf(backend, dy)]
    const { lineBytes, pixelBytes } = strideOf(x)
    for (const { offset, rows, columns, result } of windowsOf(args, x)) {
      const sizes = [rows, columns, lineBytes, pixelBytes] as const
      mean(to + offset, gradient + result, ...sizes, 1 / (rows * columns))
    }
    return out
  })
}

function isTaken(x: TensorInfo, dy: TensorInfo): boolean {
  return x.dtype === 'float32' && dy.dtype === 'float32' && !x.shape.includes(0)
}

function strideOf({ shape: [, , width = 0, depth = 0] }: TensorInfo) {
  const pixelBytes = depth * FLOAT_BYTES
  return { pixelBytes, lineBytes: width * pixelBytes }
}

function* windowsOf({ attrs }: Parameters<KernelFunc>[0], x: TensorInfo): Generator<Window> {
  const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as PoolingAttributes
  const info = backend_util.computePool2DInfo(
    // Kernels get tensors of rank 4.
    x.shape as [number, number, number, number],
    ...([filterSize, strides, 1, pad, dimRoundingMode] as const),
  )
  const { pixelBytes, lineBytes } = strideOf(x)
  let result = 0
  for (let image = 0; image < info.batchSize; image++)
    for (let i = 0; i < info.outHeight; i++) {
      const top = i * info.strideHeight - info.padInfo.top
      const [row, rows] = inside(top, info.filterHeight, info.inHeight)
      const line = (image * info.inHeight + row) * lineBytes
      for (let j = 0; j < info.outWidth; j++) {
        const left = j * info.strideWidth - info.padInfo.left
        const [column, columns] = inside(left, info.filterWidth, info.inWidth)
        const offset = line + column * pixelBytes
        if (rows > 0 && columns > 0) yield { offset, rows, columns, result }
        result += pixelBytes
      }
    }
}

/** The part of `length` places from `start` on that lies in 0 to `end` - 1: its first place and its length. */
function inside(start: number, length: number, end: number): [number, number] {
  const first = Math.max(0, start)
  return [first, Math.min(end, start + length) - first]
}
