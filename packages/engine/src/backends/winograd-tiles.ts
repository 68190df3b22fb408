import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { TileTransforms } from './tile-transforms.ts'
import { addressOf, memoryOf } from './wasm-memory.ts'
import { WINOGRAD_TILE } from './winograd-matrices.ts'

/** Transforms the tiles of images start to end - 1, image by image, row by row. */
export type TileSource = {
  readonly tilesPerImage: number
  /** Writes planes [36, tiles, depth]. */
  transformInputs(planes: TensorInfo, start: number, end: number): void
  /** Reads products [36, tiles, filters]. */
  transformOutputs(products: TensorInfo, start: number, end: number): void
}

/** One convolution. */
type Convolution = {
  readonly backend: BackendWasm
  readonly transforms: TileTransforms
  /** [rows, height, width, depth]. */
  readonly x: TensorInfo
  readonly bias: TensorInfo
  /** [rows, height, width, filters]. */
  readonly out: TensorInfo
  /** Memory for one tile of x or out. */
  readonly scratch: TensorInfo
  /** Rows and columns of zeros around x. */
  readonly pad: number
  /** Height and width of a tile of outputs. */
  readonly side: number
  readonly floor: number
}

/** A tile: its image, the place of its first output in it, and its number among the tiles transformed together. */
type Tile = {
  readonly image: number
  readonly row: number
  readonly column: number
  readonly index: number
}

const FLOAT_BYTES = 4

/** Walks over the tiles of a convolution's images. */
export function createTileWalk(convolution: Convolution): TileSource {
  const { out, side } = convolution
  const [, height = 0, width = 0] = out.shape
  const [rows, columns] = [Math.ceil(height / side), Math.ceil(width / side)]
  const forEachTile = (start: number, end: number, visit: (tile: Tile) => void): void => {
    let index = 0
    for (let image = start; image < end; image++)
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++)
          visit({ image, row: row * side, column: column * side, index: index++ })
  }
  return {
    tilesPerImage: rows * columns,
    transformInputs(planes, start, end) {
      forEachTile(start, end, (tile) => transformInput(convolution, planes, tile))
    },
    transformOutputs(products, start, end) {
      forEachTile(start, end, (tile) => transformOutput(convolution, products, tile))
    },
  }
}

function transformInput(convolution: Convolution, planes: TensorInfo, tile: Tile): void {
  const { backend, transforms, x, scratch, pad } = convolution
  const [, height = 0, width = 0, depth = 0] = x.shape
  const bytes = depth * FLOAT_BYTES
  const [top, left] = [tile.row - pad, tile.column - pad]
  const planeBytes = (planes.shape[1] ?? 0) * bytes
  const to = addressOf(backend, planes) + tile.index * bytes
  const isInside =
    top >= 0 && left >= 0 && top + WINOGRAD_TILE <= height && left + WINOGRAD_TILE <= width
  if (isInside) {
    const pixel = (tile.image * height + top) * width + left
    const from = addressOf(backend, x) + pixel * bytes
    transforms.inputTile(from, width * bytes, bytes, to, planeBytes, bytes)
    return
  }
  copyWithZeros(convolution, { image: tile.image, top, left })
  const from = addressOf(backend, scratch)
  transforms.inputTile(from, WINOGRAD_TILE * bytes, bytes, to, planeBytes, bytes)
}

/** Copies a tile that reaches beyond its image to the scratch tile. */
function copyWithZeros(
  { backend, x, scratch }: Convolution,
  at: { readonly image: number; readonly top: number; readonly left: number },
): void {
  const [, height = 0, width = 0, depth = 0] = x.shape
  const heap = new Float32Array(memoryOf(backend).buffer)
  const to = addressOf(backend, scratch) / FLOAT_BYTES
  const from = addressOf(backend, x) / FLOAT_BYTES
  heap.fill(0, to, to + WINOGRAD_TILE * WINOGRAD_TILE * depth)
  const left = Math.max(0, at.left)
  const right = Math.min(width, at.left + WINOGRAD_TILE)
  for (let i = 0; i < WINOGRAD_TILE; i++) {
    const row = at.top + i
    if (row < 0 || row >= height) continue
    const start = from + ((at.image * height + row) * width + left) * depth
    const target = to + (i * WINOGRAD_TILE + left - at.left) * depth
    heap.copyWithin(target, start, start + (right - left) * depth)
  }
}

function transformOutput(convolution: Convolution, products: TensorInfo, tile: Tile): void {
  const { backend, transforms, bias, out, scratch, side, floor } = convolution
  const [, height = 0, width = 0, filters = 0] = out.shape
  const bytes = filters * FLOAT_BYTES
  const planeBytes = (products.shape[1] ?? 0) * bytes
  const from = addressOf(backend, products) + tile.index * bytes
  const to =
    addressOf(backend, out) + ((tile.image * height + tile.row) * width + tile.column) * bytes
  const rows = Math.min(side, height - tile.row)
  const columns = Math.min(side, width - tile.column)
  const isInside = rows === side && columns === side
  const target = isInside ? to : addressOf(backend, scratch)
  const rowBytes = (isInside ? width : side) * bytes
  const biasAt = addressOf(backend, bias)
  transforms.outputTile(from, planeBytes, target, rowBytes, bytes, biasAt, bytes, floor)
  if (isInside) return
  const heap = new Uint8Array(memoryOf(backend).buffer)
  for (let i = 0; i < rows; i++) {
    const start = target + i * rowBytes
    heap.copyWithin(to + i * width * bytes, start, start + columns * bytes)
  }
}
