import { readFile } from 'node:fs/promises'
import { dataError } from './data-error.ts'
import type { DataFile } from './data-file.ts'
import { type ImageSize, imageSize } from './image-size.ts'
import { foldersIn, type Image, listImages } from './list-images.ts'
import type { SeenArrays } from './raw-arrays.ts'

/**
 * Size and colours of the pictures in a folder by their heads, and its folders as classes; none where it has pictures only.
 * @throws {UserError} DATA_NO_ROWS; DATA_BAD_IMAGE where pictures are none, or of different sizes.
 */
export async function lookAtImages(file: DataFile): Promise<SeenArrays> {
  const folders = await foldersIn(file.path)
  const classes = folders.length === 0 ? undefined : folders.toSorted()
  const images = await listImages(file, classes === undefined ? {} : { classes })
  const [first, ...others] = images
  if (first === undefined)
    throw dataError('DATA_NO_ROWS', `${file.name} has no images`, {
      hint: 'Put them into a folder for each class, or all into this folder for  --task anomaly.',
    })
  const size = await sizeOf(first)
  let channels: number = size.channels
  for (const image of others) {
    const other = await sizeOf(image)
    channels = Math.max(channels, other.channels)
    if (other.width === size.width && other.height === size.height) continue
    throw dataError(
      'DATA_BAD_IMAGE',
      `${image.name} has ${other.width} x ${other.height} pixels, ${first.name} has ${size.width} x ${size.height}`,
      { hint: 'Scale all images to one size first.' },
    )
  }
  return { shape: [size.height, size.width, channels], classes }
}

async function sizeOf({ path, name }: Image): Promise<ImageSize> {
  const size = imageSize(await readFile(path))
  if (size !== undefined) return size
  throw dataError('DATA_BAD_IMAGE', `${name} is neither a PNG nor a JPEG image`)
}
