import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type ArrayData, cidOfBytes, parseCid } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { cidOfData } from '../../../src/plan/cid-of-data.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const DATA: ArrayData = { kind: 'array', shape: [1, 1], classes: ['cat', 'dog'] }

/** IDX files of some bytes each, which nothing here reads. */
function idxFiles(files: { readonly images: string; readonly labels: string }): string {
  const directory = temporaryDirectory()
  const images = path.join(directory, 'test-images-idx3-ubyte')
  writeFileSync(images, files.images)
  writeFileSync(path.join(directory, 'test-labels-idx1-ubyte'), files.labels)
  return images
}

function pictures(files: Readonly<Record<string, string>>): string {
  const directory = temporaryDirectory()
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(directory, name)), { recursive: true })
    writeFileSync(path.join(directory, name), text)
  }
  return directory
}

describe('cidOfData', () => {
  it('is the CID of the bytes where one file is all', async () => {
    const file = path.join(temporaryDirectory(), 'rows.csv')
    writeFileSync(file, 'x,y\n1,2\n')
    const cid = await cidOfData(file, {
      kind: 'table',
      columns: [{ name: 'x', type: 'number' }],
      missingRows: 'drop',
    })
    expect(cid).toBe(cidOfBytes(new TextEncoder().encode('x,y\n1,2\n')))
  })

  it('T35: changes with the labels beside IDX images, and with the images', async () => {
    const files = { images: 'pixels', labels: 'classes' }
    const cid = await cidOfData(idxFiles(files), DATA)
    expect(parseCid(cid)).toBe(cid)
    expect(await cidOfData(idxFiles(files), DATA)).toBe(cid)
    expect(await cidOfData(idxFiles({ ...files, labels: 'Classes' }), DATA)).not.toBe(cid)
    expect(await cidOfData(idxFiles({ ...files, images: 'Pixels' }), DATA)).not.toBe(cid)
  })

  it('reads no labels where the task has none', async () => {
    const images = idxFiles({ images: 'pixels', labels: 'classes' })
    const cid = await cidOfData(images, { kind: 'array', shape: [1, 1] })
    expect(cid).toBe(cidOfBytes(new TextEncoder().encode('pixels')))
  })

  it('changes when a picture moves to the folder of another class', async () => {
    const cid = await cidOfData(pictures({ 'cat/a.png': 'a', 'dog/b.png': 'b' }), DATA)
    expect(await cidOfData(pictures({ 'cat/a.png': 'a', 'dog/b.png': 'b' }), DATA)).toBe(cid)
    expect(await cidOfData(pictures({ 'dog/a.png': 'a', 'cat/b.png': 'b' }), DATA)).not.toBe(cid)
  })

  it('refuses a query, whose rows may be others tomorrow', async () => {
    const query = "SELECT * FROM 'rows.csv'"
    await expect(cidOfData(query, DATA)).rejects.toMatchObject({ code: 'HELD_OUT_QUERY' })
  })
})
