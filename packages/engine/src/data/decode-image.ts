import jpeg from 'jpeg-js'
import { PNG } from 'pngjs'
import { dataError } from './data-error.ts'
import { type ImageSize, imageSize } from './image-size.ts'

type Pixels = { readonly rgba: Uint8Array; readonly count: number }

/** Bytes of a pixel as the decoders give it. */
const RGBA = 4
/** Share of red, green and blue in what is seen as brightness (ITU-R BT.601). */
const LUMA = [0.299, 0.587, 0.114] as const
const GREY = 1

/**
 * Pixels of a PNG or JPEG image, row by row: brightness for shapes [height, width] and [height, width, 1], else 3 (RGB) or 4 channels. Its
 * size is read first: an image of another size is never unpacked (T28).
 * @throws {UserError} DATA_BAD_IMAGE.
 */
export function decodeImage(
  bytes: Buffer,
  { name, shape }: { readonly name: string; readonly shape: readonly number[] },
): Uint8Array {
  const [height, width, channels = GREY] = shape
  const size = imageSize(bytes)
  if (size === undefined)
    throw dataError('DATA_BAD_IMAGE', `${name} is neither a PNG nor a JPEG image`)
  if (size.height !== height || size.width !== width)
    throw dataError(
      'DATA_BAD_IMAGE',
      `${name} has ${size.width} x ${size.height} pixels, the manifest asks for ${width} x ${height}`,
      { hint: 'Scale the images to the size of the manifest before training.' },
    )
  const rgba = unpack(bytes, size, name)
  return channelsOf({ rgba, count: size.width * size.height }, channels)
}

function unpack(bytes: Buffer, { format }: ImageSize, name: string): Uint8Array {
  try {
    if (format === 'png') return PNG.sync.read(bytes).data
    return jpeg.decode(bytes, { useTArray: true }).data
  } catch (cause) {
    throw dataError('DATA_BAD_IMAGE', `${name} is a damaged image`, { cause })
  }
}

function channelsOf({ rgba, count }: Pixels, channels: number): Uint8Array {
  if (channels === RGBA) return rgba
  const pixels = new Uint8Array(count * channels)
  for (let pixel = 0; pixel < count; pixel++) {
    const at = RGBA * pixel
    if (channels === GREY) pixels[pixel] = brightness(rgba, at)
    else pixels.set(rgba.subarray(at, at + channels), channels * pixel)
  }
  return pixels
}

function brightness(rgba: Uint8Array, at: number): number {
  return Math.round(LUMA.reduce((sum, share, i) => sum + share * (rgba[at + i] as number), 0))
}
