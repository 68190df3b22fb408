import process from 'node:process'
import { gzipSync } from 'node:zlib'
import type { TabularData } from '@fednode/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadDataset } from '../../../src/data/load-dataset.ts'
import { createDataFolder, type DataFolder, dataErrorOf } from './data-folder.ts'

const MIB = 1_048_576
const UNPACKED_BYTES = 64 * MIB
const TABLE: TabularData = {
  kind: 'table',
  columns: [{ name: 'age', type: 'number', unit: 'years' }],
  label: { column: 'ill', classes: ['no', 'yes'] },
  missingRows: 'refuse',
}
/** 1 x 1 pixel by its header 100,000 x 100,000. */
const PICTURE = Buffer.from(
  '89504e470d0a1a0a0000000d49484452000186a0000186a00802000000907753de',
  'hex',
)

let folder: DataFolder
beforeAll(async () => {
  folder = await createDataFolder()
})
afterAll(() => folder.remove())

const failure = async (name: string, bytes: Uint8Array) =>
  dataErrorOf(loadDataset(await folder.write(name, bytes), TABLE))

describe('data that is packed or no data at all', () => {
  it.each(['rows.png', 'rows.zip'])('T28: %s is refused by its name, unread', async (name) => {
    expect(await failure(name, PICTURE)).toMatchObject({ code: 'DATA_FORMAT_UNKNOWN' })
  })

  it.each(['rows.csv', 'rows.csv.gz', 'rows.parquet', 'rows.safetensors'])(
    'T28: a picture called %s is refused, and nothing is unpacked',
    async (name) => {
      expect(await failure(name, PICTURE)).toMatchObject({ code: expect.stringMatching(/^DATA_/) })
    },
  )

  it('T28: a table that unpacks to a thousand times its size is not held in memory', async () => {
    const bomb = gzipSync(
      Buffer.concat([Buffer.from('age,ill\n'), Buffer.alloc(UNPACKED_BYTES, '1')]),
    )
    expect(bomb.length).toBeLessThan(UNPACKED_BYTES / 900)
    const before = process.memoryUsage().rss
    expect(await failure('bomb.csv.gz', bomb)).toMatchObject({
      code: expect.stringMatching(/^DATA_/),
    })
    expect(process.memoryUsage().rss - before).toBeLessThan(4 * UNPACKED_BYTES)
  })
})
