import { encodeSafetensors } from '@fednode/protocol'
import jpeg from 'jpeg-js'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inferData } from '../../../src/data/infer-data.ts'
import { createDataFolder, type DataFolder, dataErrorOf } from './data-folder.ts'
import { idxBytes } from './idx-bytes.ts'

let folder: DataFolder
beforeAll(async () => {
  folder = await createDataFolder()
})
afterAll(() => folder.remove())

const GREY = 0
const COLOUR = 2

/** A black picture; `colorType` as in the head of a PNG. */
function png(width: number, height: number, colorType: typeof GREY | typeof COLOUR): Buffer {
  return PNG.sync.write(new PNG({ width, height }), { colorType })
}

describe('inferData of pictures and arrays', () => {
  it('takes size and colours from the pictures, and classes from their folders', async () => {
    const path = await folder.writeAll('two', {
      'dog/a.png': png(3, 2, GREY),
      'cat/b.png': png(3, 2, GREY),
      '.git/x': Buffer.from('x'),
    })
    const { data } = await inferData(path, {})
    expect(data).toEqual({ kind: 'array', shape: [2, 3, 1], classes: ['cat', 'dog'] })
  })

  it('sees colours where one picture has them', async () => {
    const grey = png(8, 8, GREY)
    const bright = jpeg.encode({ data: Buffer.alloc(256), width: 8, height: 8 }, 90).data
    const path = await folder.writeAll('colours', { 'cat/a.png': grey, 'dog/b.jpg': bright })
    expect((await inferData(path, {})).data).toMatchObject({ shape: [8, 8, 3] })
  })

  it('learns what is usual where pictures have no folders', async () => {
    const path = await folder.writeAll('usual', { 'a.png': png(3, 2, COLOUR) })
    expect((await inferData(path, {})).data).toEqual({ kind: 'array', shape: [2, 3, 3] })
  })

  it('counts the classes in the labels of IDX, which an anomaly task does not need', async () => {
    await folder.write('n-labels-idx1-ubyte', idxBytes([2], [0, 2]))
    const images = await folder.write('n-images-idx3-ubyte', idxBytes([2, 2, 3], Array(12).fill(0)))
    const { data } = await inferData(images, {})
    expect(data).toEqual({ kind: 'array', shape: [2, 3, 1], classes: ['0', '1', '2'] })
    const alone = await folder.write('m-images-idx3-ubyte', idxBytes([2, 2, 3], Array(12).fill(0)))
    const usual = await inferData(alone, { task: 'anomaly' })
    expect(usual.data).toEqual({ kind: 'array', shape: [2, 3, 1] })
  })

  it('reads both from safetensors', async () => {
    const bytes = encodeSafetensors([
      { name: 'features', dtype: 'U8', shape: [2, 5], bytes: new Uint8Array(10) },
      { name: 'labels', dtype: 'U8', shape: [2], bytes: Uint8Array.of(1, 0) },
    ])
    const file = await folder.write('rows.safetensors', bytes)
    const { data } = await inferData(file, {})
    expect(data).toEqual({ kind: 'array', shape: [5], classes: ['0', '1'] })
  })

  it.each([
    ['a column', { label: 'ill' }, 'DATA_FORMAT_UNKNOWN', 'has no column ill'],
    ['a task', { task: 'survival' }, 'DATA_FORMAT_UNKNOWN', 'arrays, not for survival'],
    ['one class', {}, 'DATA_BAD_LABEL', 'has one class: cat'],
  ] as const)('refuses %s that pictures cannot have', async (name, wish, code, message) => {
    const path = await folder.writeAll(name, { 'cat/a.png': png(3, 2, GREY) })
    const error = await dataErrorOf(inferData(path, wish))
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) })
  })

  it.each([
    ['sizes', png(4, 2, GREY), 'dog/b.png has 4 x 2 pixels, cat/a.png has 3 x 2'],
    ['files', Buffer.from('hello'), 'dog/b.png is neither a PNG nor a JPEG image'],
  ])('names the first of different %s', async (name, other, message) => {
    const path = await folder.writeAll(name, { 'cat/a.png': png(3, 2, GREY), 'dog/b.png': other })
    expect(await dataErrorOf(inferData(path, {}))).toMatchObject({
      code: 'DATA_BAD_IMAGE',
      message,
    })
  })
})
