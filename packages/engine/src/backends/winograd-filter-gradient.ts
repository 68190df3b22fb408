import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { ConvolutionShape } from './convolution-shape.ts'
import { multiplyDirectly } from './direct-product.ts'
import { tileTransformsOf } from './tile-transforms.ts'
import { addressOf } from './wasm-memory.ts'
import { WINOGRAD_PLANES, WINOGRAD_TILE } from './winograd-matrices.ts'
import { type Chunk, chunksOf, gradientPlanes, imagePlanes } from './winograd-planes.ts'
import { tileGrid } from './winograd-tiles.ts'

const FLOAT_BYTES = 4

/**
 * Gradient of a convolution's kernel in transformed tiles: the adjoint of convolveTiles. Sums over the tiles are products of the transformed
 * images, transposed where they lie, with the transformed gradient. The same sizes as there.
 */
export function tiledFilterGradient(
  backend: BackendWasm,
  shape: ConvolutionShape,
  { x, dy }: { readonly x: TensorInfo; readonly dy: TensorInfo },
): TensorInfo {
  const { images, depth, filters, kernelHeight } = shape
  const grid = tileGrid(shape, kernelHeight)
  const sums = backend.makeOutput([WINOGRAD_PLANES, depth, filters], 'float32')
  for (const chunk of chunksOf(images, grid, depth + filters)) {
    const left = imagePlanes(backend, { shape, grid, x }, chunk)
    const right = gradientPlanes(backend, { shape, grid, dy }, chunk)
    addProducts(backend, { left, right, sums }, chunk)
    backend.disposeData(left.dataId)
    backend.disposeData(right.dataId)
  }
  const out = backend.makeOutput([kernelHeight, kernelHeight, depth, filters], 'float32')
  const pairBytes = depth * filters * FLOAT_BYTES
  const { kernelGradient } = tileTransformsOf(backend, kernelHeight)
  const from = [addressOf(backend, sums), WINOGRAD_TILE * pairBytes, pairBytes] as const
  const to = [addressOf(backend, out), kernelHeight * pairBytes, pairBytes] as const
  kernelGradient(...from, ...to, pairBytes)
  backend.disposeData(sums.dataId)
  return out
}

/** sums [36, depth, filters] += left [36, tiles, depth] transposed times right [36, tiles, filters]; the first chunk sets them. */
function addProducts(
  backend: BackendWasm,
  { left, right, sums }: Readonly<Record<'left' | 'right' | 'sums', TensorInfo>>,
  { first }: Chunk,
): void {
  const [, depth = 0, filters = 0] = sums.shape
  const tiles = left.shape[1] ?? 0
  for (let plane = 0; plane < WINOGRAD_PLANES; plane++) {
    const out = addressOf(backend, sums) + plane * depth * filters * FLOAT_BYTES
    multiplyDirectly(backend, {
      layout: 'columns',
      left: addressOf(backend, left) + plane * tiles * depth * FLOAT_BYTES,
      right: addressOf(backend, right) + plane * tiles * filters * FLOAT_BYTES,
      ...{ out, rows: depth, depth: tiles, columns: filters },
      ...(first > 0 && { start: out, startStride: filters * FLOAT_BYTES }),
    })
  }
}
