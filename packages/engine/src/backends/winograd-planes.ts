import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { ConvolutionShape } from './convolution-shape.ts'
import { frameImages } from './framed-images.ts'
import { tileTransformsOf } from './tile-transforms.ts'
import { addressOf } from './wasm-memory.ts'
import { WINOGRAD_PLANES } from './winograd-matrices.ts'
import { gatherTiles, type TileGrid } from './winograd-tiles.ts'

/** Images `first` to `first + count - 1`, which are worked on together. */
export type Chunk = { readonly first: number; readonly count: number }

const FLOAT_BYTES = 4
/** Transformed tiles and products that are kept at once: they stay in the second- and third-level caches. */
const CHUNK_BYTES = 4_194_304

/** Splits a batch; `values` are those of a tile in all its planes, depth and filters together. */
export function chunksOf(images: number, { rows, columns }: TileGrid, values: number): Chunk[] {
  const bytes = rows * columns * WINOGRAD_PLANES * values * FLOAT_BYTES
  const step = Math.max(1, Math.floor(CHUNK_BYTES / bytes))
  return Array.from({ length: Math.ceil(images / step) }, (_, i) => ({
    first: i * step,
    count: Math.min(step, images - i * step),
  }))
}

/** Tiles of a chunk of images, transformed: [36, tiles, depth]. */
export function imagePlanes(
  backend: BackendWasm,
  { shape, grid, x }: { shape: ConvolutionShape; grid: TileGrid; x: TensorInfo },
  { first, count }: Chunk,
): TensorInfo {
  const { depth, kernelHeight, height, width, top, left } = shape
  const frame = frameImages(backend, x, {
    // So that every tile lies inside.
    height: Math.max(grid.rows * grid.side + kernelHeight - 1, top + height),
    width: Math.max(grid.columns * grid.side + kernelHeight - 1, left + width),
    ...{ top, left, first, images: count },
  })
  const planes = planesFor(backend, count * grid.rows * grid.columns, depth)
  const { input } = tileTransformsOf(backend, kernelHeight)
  const to = { transform: input, planes: addressOf(backend, planes) }
  gatherTiles(grid, { ...frame, depth, count }, to)
  frame.release()
  return planes
}

/** Tiles of the gradient of a chunk of results, transformed: [36, tiles, filters]. */
export function gradientPlanes(
  backend: BackendWasm,
  { shape, grid, dy }: { shape: ConvolutionShape; grid: TileGrid; dy: TensorInfo },
  { first, count }: Chunk,
): TensorInfo {
  const { filters, kernelHeight } = shape
  const frame = frameImages(backend, dy, {
    ...{ height: grid.rows * grid.side, width: grid.columns * grid.side },
    ...{ top: 0, left: 0, first, images: count },
  })
  const planes = planesFor(backend, count * grid.rows * grid.columns, filters)
  const { outputGradient } = tileTransformsOf(backend, kernelHeight)
  const to = { transform: outputGradient, planes: addressOf(backend, planes) }
  gatherTiles(grid, { ...frame, depth: filters, count }, to)
  frame.release()
  return planes
}

/** Memory for [36, tiles, values]. */
export function planesFor(backend: BackendWasm, tiles: number, values: number): TensorInfo {
  return backend.makeOutput([WINOGRAD_PLANES, tiles, values], 'float32')
}
