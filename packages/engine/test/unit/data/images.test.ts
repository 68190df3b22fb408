import { mkdir } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import type { ArrayData } from '@fednode/protocol'
import jpeg from 'jpeg-js'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadDataset } from '../../../src/data/load-dataset.ts'
import { createDataFolder, type DataFolder, dataErrorOf } from './data-folder.ts'
import { idxBytes } from './idx-bytes.ts'
import { sharedData } from './shared-data.ts'

const DATA: ArrayData = { kind: 'array', shape: [2, 3], classes: ['cat', 'dog'] }

let folder: DataFolder
beforeAll(async () => {
  folder = await createDataFolder()
})
afterAll(() => folder.remove())

/** A picture of one colour. */
function png([red, green, blue]: readonly number[], width = 3, height = 2): Buffer {
  const image = new PNG({ width, height })
  for (let i = 0; i < width * height; i++)
    image.data.set([red as number, green as number, blue as number, 255], 4 * i)
  return PNG.sync.write(image)
}

function jpg(grey: number, width = 3, height = 2): Buffer {
  const data = Buffer.alloc(4 * width * height, grey)
  return jpeg.encode({ data, width, height }, 100).data
}

describe('loadDataset of a folder of images', () => {
  it('takes folders for classes and colours for brightness', async () => {
    const path = await folder.writeAll('mixed', {
      'dog/b.png': png([100, 100, 100]),
      'cat/z.png': png([255, 0, 0]),
      'cat/a.jpg': jpg(200),
      'cat/.hidden': Buffer.from('x'),
    })
    const { dataset, report } = await loadDataset(path, DATA)
    expect(dataset.targets).toEqual({ kind: 'classes', labels: Int32Array.of(0, 0, 1), classes: 2 })
    const [grey, red, hundred] = [0, 6, 12].map((row) => dataset.features[row])
    expect(Math.abs((grey ?? 0) - 200)).toBeLessThan(4)
    expect([red, hundred]).toEqual([76, 100])
    expect(report).toMatchObject({ file: 'mixed', used: 3 })
  })

  it('keeps the channels that the manifest asks for', async () => {
    const path = await folder.writeAll('colour', { 'cat/a.png': png([1, 2, 3]) })
    const { dataset } = await loadDataset(path, { ...DATA, shape: [2, 3, 3] })
    expect([...dataset.features.subarray(0, 6)]).toEqual([1, 2, 3, 1, 2, 3])
  })

  it('takes all images of the folder itself where there are no classes', async () => {
    const path = await folder.writeAll('plain', {
      'a.png': png([9, 9, 9]),
      'b.png': png([8, 8, 8]),
    })
    const { dataset } = await loadDataset(path, { kind: 'array', shape: [2, 3] })
    expect(dataset.targets).toEqual({ kind: 'reconstruction' })
    expect(dataset.count).toBe(2)
  })

  it.each([
    [
      'another size',
      'cat/a.png',
      png([0, 0, 0], 4, 2),
      'DATA_BAD_IMAGE',
      'cat/a.png has 4 x 2 pixels, the manifest asks for 3 x 2',
    ],
    [
      'another size of JPEG',
      'cat/a.jpeg',
      jpg(0, 8, 9),
      'DATA_BAD_IMAGE',
      'cat/a.jpeg has 8 x 9 pixels',
    ],
    [
      'no image',
      'cat/a.png',
      Buffer.from('hello'),
      'DATA_BAD_IMAGE',
      'cat/a.png is neither a PNG nor a JPEG image',
    ],
    [
      'half an image',
      'cat/a.png',
      png([0, 0, 0]).subarray(0, 50),
      'DATA_BAD_IMAGE',
      'cat/a.png is a damaged image',
    ],
    [
      'a folder that is no class',
      'cow/a.png',
      png([0, 0, 0]),
      'DATA_BAD_LABEL',
      'folder "cow" is not one of: cat, dog',
    ],
  ])('refuses %s', async (name, file, bytes, code, message) => {
    const error = await dataErrorOf(
      loadDataset(await folder.writeAll(`bad ${name}`, { [file]: bytes }), DATA),
    )
    expect(error.code).toBe(code)
    expect(error.message).toContain(message)
  })

  it('T28: refuses a picture whose head says a hundred thousand pixels squared, unpacked by nobody', async () => {
    const head = '89504e470d0a1a0a0000000d49484452000186a0000186a00802000000907753de'
    const path = await folder.writeAll('bomb', { 'cat/a.png': Buffer.from(head, 'hex') })
    expect((await dataErrorOf(loadDataset(path, DATA))).message).toContain('100000 x 100000 pixels')
  })

  it('refuses an empty folder', async () => {
    await mkdir(`${folder.path}/none`)
    expect((await dataErrorOf(loadDataset(`${folder.path}/none`, DATA))).code).toBe('DATA_NO_ROWS')
  })
})

describe('loadDataset of IDX files', () => {
  const pixels = Array.from({ length: 12 }, (_, i) => i)

  it('finds the labels beside the images, packed or not', async () => {
    await folder.write('a-labels-idx1-ubyte', idxBytes([2], [1, 0]))
    const plain = await folder.write('a-images-idx3-ubyte', idxBytes([2, 2, 3], pixels))
    await folder.write('b-labels-idx1-ubyte.gz', gzipSync(idxBytes([2], [1, 0])))
    const packed = await folder.write(
      'b-images-idx3-ubyte.gz',
      gzipSync(idxBytes([2, 2, 3], pixels)),
    )
    for (const path of [plain, packed]) {
      const { dataset } = await loadDataset(path, DATA)
      expect([...dataset.features]).toEqual(pixels)
      expect(dataset.targets).toMatchObject({ labels: Int32Array.of(1, 0) })
    }
    const { dataset } = await loadDataset(plain, { ...DATA, shape: [6] })
    expect(dataset.featureShape).toEqual([6])
  })

  it.each([
    [
      'another size',
      idxBytes([2, 3, 2], pixels),
      'has rows of [3, 2], the manifest asks for [2, 3]',
    ],
    ['bytes that are missing', idxBytes([2, 2, 3], pixels.slice(1)), 'is not an IDX file'],
    ['other dimensions', idxBytes([1, 2, 3], pixels.slice(6)), 'has [2] labels'],
    ['no IDX', Buffer.from('hello, world, hello'), 'is not an IDX file'],
  ])('refuses %s', async (_, bytes, message) => {
    await folder.write('c-labels-idx1-ubyte', idxBytes([2], [1, 0]))
    const path = await folder.write('c-images-idx3-ubyte', bytes)
    const error = await dataErrorOf(loadDataset(path, DATA))
    expect(error).toMatchObject({
      code: 'DATA_BAD_ARRAY',
      message: expect.stringContaining(message),
    })
  })

  const { path, isAbsent } = sharedData('mnist/t10k-images-idx3-ubyte.gz')
  it.skipIf(isAbsent)('reads the test digits of MNIST (needs shared/data)', async () => {
    const { report } = await loadDataset(path, {
      kind: 'array',
      shape: [28, 28],
      classes: Array.from({ length: 10 }, (_, digit) => String(digit)),
    })
    expect(report.used).toBe(10_000)
    expect(report.labels.map(({ count }) => count)).toEqual([
      980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009,
    ])
  })
})
