import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { ConvolutionShape } from './convolution-shape.ts'
import { multiplyDirectly } from './direct-product.ts'
import { tileTransformsOf } from './tile-transforms.ts'
import { addressOf } from './wasm-memory.ts'
import { WINOGRAD_PLANES, WINOGRAD_TILE } from './winograd-matrices.ts'
import { type Chunk, chunksOf, imagePlanes, planesFor } from './winograd-planes.ts'
import { scatterTiles, type TileGrid, tileGrid } from './winograd-tiles.ts'

/** Tensors of a convolution in transformed tiles. */
export type TileOperands = {
  readonly x: TensorInfo
  /** Transformed kernel, [36, depth, filters]. */
  readonly u: TensorInfo
  /** [filters] */
  readonly bias: TensorInfo
  /** Outputs are at least this: 0 is relu, -Infinity nothing. */
  readonly floor: number
}

const FLOAT_BYTES = 4

/**
 * Convolution by minimal filtering (Lavin & Gray 2015, arXiv 1509.09308): tiles are transformed, multiplied in 36 products, and transformed
 * back. A 5 x 5 kernel takes 2.8 times fewer multiplications, a 3 x 3 kernel 4 times. Each tile depends on nothing else: the same bits
 * whatever the batch. Differs from the plain convolution by about 1e-6 of the largest value. Kernels are square, strides 1, depth and filters
 * multiples of 4.
 */
export function convolveTiles(
  backend: BackendWasm,
  shape: ConvolutionShape,
  operands: TileOperands,
): TensorInfo {
  const { images, outHeight, outWidth, filters, depth, kernelHeight } = shape
  const out = backend.makeOutput([images, outHeight, outWidth, filters], 'float32')
  const scratch = backend.makeOutput([WINOGRAD_TILE, WINOGRAD_TILE, filters], 'float32')
  const grid = tileGrid(shape, kernelHeight)
  const work = { shape, operands, grid, out, scratch }
  for (const chunk of chunksOf(images, grid, depth + filters)) convolveChunk(backend, work, chunk)
  backend.disposeData(scratch.dataId)
  return out
}

type Work = {
  readonly shape: ConvolutionShape
  readonly operands: TileOperands
  readonly grid: TileGrid
  readonly out: TensorInfo
  readonly scratch: TensorInfo
}

function convolveChunk(
  backend: BackendWasm,
  { shape, operands, grid, out, scratch }: Work,
  { first, count }: Chunk,
): void {
  const { depth, filters, kernelHeight, outHeight, outWidth } = shape
  const { output } = tileTransformsOf(backend, kernelHeight)
  const tiles = count * grid.rows * grid.columns
  const planes = imagePlanes(backend, { shape, grid, x: operands.x }, { first, count })
  const products = planesFor(backend, tiles, filters)
  for (let plane = 0; plane < WINOGRAD_PLANES; plane++)
    multiplyDirectly(backend, {
      left: addressOf(backend, planes) + plane * tiles * depth * FLOAT_BYTES,
      right: addressOf(backend, operands.u) + plane * depth * filters * FLOAT_BYTES,
      out: addressOf(backend, products) + plane * tiles * filters * FLOAT_BYTES,
      ...{ rows: tiles, depth, columns: filters },
    })
  const to = addressOf(backend, out) + first * outHeight * outWidth * filters * FLOAT_BYTES
  const target = { address: to, height: outHeight, width: outWidth, depth: filters, count }
  scatterTiles(
    backend,
    { grid, images: target, output },
    {
      products: addressOf(backend, products),
      bias: addressOf(backend, operands.bias),
      floor: operands.floor,
      scratch: addressOf(backend, scratch),
    },
  )
  backend.disposeData(planes.dataId)
  backend.disposeData(products.dataId)
}
