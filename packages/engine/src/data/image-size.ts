/** What the head of an image says of it. */
export type ImageSize = {
  readonly format: 'png' | 'jpeg'
  readonly width: number
  readonly height: number
  /** 1 of grey pictures, 3 of coloured ones; what is seen through is not counted. */
  readonly channels: 1 | 3
}

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')
/** After the signature: length and name of the first chunk, which is always IHDR. */
const PNG_WIDTH = 16
const PNG_HEIGHT = 20
const PNG_COLOUR = 25
const PNG_HEAD = 26
/** Colour types of grey pictures, without and with transparency. */
const PNG_GREY: readonly number[] = [0, 4]
const MARKER = 0xff
const START_OF_IMAGE = 0xd8
const START_OF_FRAME = { first: 0xc0, last: 0xcf }
/** Huffman tables, an extension and arithmetic tables: in the range of frames, but none. */
const NO_FRAMES: readonly number[] = [0xc4, 0xc8, 0xcc]
const FRAME_BYTES = 10

/** Size of a PNG (ISO 15948) or JPEG (ITU-T T.81) image by its head; undefined for anything else. */
export function imageSize(bytes: Buffer): ImageSize | undefined {
  const isPng = bytes.length >= PNG_HEAD && bytes.subarray(0, 8).equals(PNG_SIGNATURE)
  if (isPng)
    return {
      format: 'png',
      width: bytes.readUInt32BE(PNG_WIDTH),
      height: bytes.readUInt32BE(PNG_HEIGHT),
      channels: PNG_GREY.includes(bytes[PNG_COLOUR] ?? 0) ? 1 : 3,
    }
  return bytes[0] === MARKER && bytes[1] === START_OF_IMAGE ? jpegSize(bytes) : undefined
}

function jpegSize(bytes: Buffer): ImageSize | undefined {
  let at = 2
  while (at + FRAME_BYTES <= bytes.length && bytes[at] === MARKER) {
    const marker = bytes[at + 1] ?? 0
    const isFrame = marker >= START_OF_FRAME.first && marker <= START_OF_FRAME.last
    if (isFrame && !NO_FRAMES.includes(marker))
      return {
        format: 'jpeg',
        height: bytes.readUInt16BE(at + 5),
        width: bytes.readUInt16BE(at + 7),
        channels: bytes[at + 9] === 1 ? 1 : 3,
      }
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return undefined
}
