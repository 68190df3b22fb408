import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { TileTransform, TileTransforms } from './tile-transforms.ts'
import { memoryOf } from './wasm-memory.ts'
import { WINOGRAD_TILE } from './winograd-matrices.ts'

/** How many tiles of outputs, `side` a side, cover an image. */
export type TileGrid = { readonly rows: number; readonly columns: number; readonly side: number }

/** Images [count, height, width, depth] at an address in bytes. */
export type Images = {
  readonly address: number
  readonly height: number
  readonly width: number
  readonly depth: number
  readonly count: number
}

const FLOAT_BYTES = 4

/** The tiles of images of outputs of this size. */
export function tileGrid(
  { outHeight, outWidth }: { readonly outHeight: number; readonly outWidth: number },
  kernelSize: number,
): TileGrid {
  const side = WINOGRAD_TILE + 1 - kernelSize
  return { rows: Math.ceil(outHeight / side), columns: Math.ceil(outWidth / side), side }
}

/** Transforms the tiles of images, which cover them whole, to planes [36, tiles, depth], image by image, row by row. */
export function gatherTiles(
  grid: TileGrid,
  images: Images,
  { transform, planes }: { readonly transform: TileTransform; readonly planes: number },
): void {
  const { rows, columns, side } = grid
  const bytes = images.depth * FLOAT_BYTES
  const lineBytes = images.width * bytes
  const planeBytes = images.count * rows * columns * bytes
  let to = planes
  for (let image = 0; image < images.count; image++)
    for (let row = 0; row < rows; row++) {
      let from = images.address + (image * images.height + row * side) * lineBytes
      for (let column = 0; column < columns; column++) {
        transform(from, lineBytes, bytes, to, WINOGRAD_TILE * planeBytes, planeBytes, bytes)
        from += side * bytes
        to += bytes
      }
    }
}

/** Transforms products [36, tiles, depth] to tiles of images, plus the bias; what lies outside an image is left out. */
export function scatterTiles(
  backend: BackendWasm,
  { grid, images, output }: { grid: TileGrid; images: Images; output: TileTransforms['output'] },
  from: {
    readonly products: number
    readonly bias: number
    readonly floor: number
    /** Memory for one tile of outputs. */
    readonly scratch: number
  },
): void {
  const { rows, columns, side } = grid
  const bytes = images.depth * FLOAT_BYTES
  const lineBytes = images.width * bytes
  const planeBytes = images.count * rows * columns * bytes
  const planes = [WINOGRAD_TILE * planeBytes, planeBytes] as const
  let { products } = from
  for (let image = 0; image < images.count; image++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const pixel = (image * images.height + row * side) * images.width + column * side
        const to = images.address + pixel * bytes
        const height = Math.min(side, images.height - row * side)
        const width = Math.min(side, images.width - column * side)
        const isInside = height === side && width === side
        const [target, line] = isInside ? [to, lineBytes] : [from.scratch, side * bytes]
        output(products, ...planes, target, line, bytes, bytes, from.bias, from.floor)
        if (!isInside) copyPart({ to, lineBytes, height, partBytes: width * bytes })
        products += bytes
      }

  function copyPart(part: { to: number; lineBytes: number; height: number; partBytes: number }) {
    const heap = new Uint8Array(memoryOf(backend).buffer)
    for (let i = 0; i < part.height; i++) {
      const start = from.scratch + i * side * bytes
      heap.copyWithin(part.to + i * part.lineBytes, start, start + part.partBytes)
    }
  }
}
