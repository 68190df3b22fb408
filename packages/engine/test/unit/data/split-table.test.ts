import type { SeriesData, TabularData } from '@fednode/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SplitRules, splitTable } from '../../../src/data/split-table.ts'
import { createDataFolder, type DataFolder, dataErrorOf } from './data-folder.ts'

const DATA = {
  kind: 'table',
  columns: [{ name: 'x', type: 'number' }],
  label: { column: 'y', classes: ['no', 'yes'] },
  missingRows: 'drop',
  silo: 'site',
} as const satisfies TabularData
const RULES: SplitRules = { share: 0.2, seed: 7, minimumRows: 8, maxSilos: 10, maxCharacters: 1e6 }

let folder: DataFolder
beforeAll(async () => {
  folder = await createDataFolder()
})
afterAll(() => folder.remove())

/** Sites a (50 rows), b (30), c (9) and one row of nobody; patients of five rows each. */
async function write(): Promise<string> {
  const sites = [...Array(50).fill('a'), ...Array(30).fill('b'), ...Array(9).fill('c'), '']
  const lines = sites.map(
    (site, i) => `${i},${site},p${Math.floor(i / 5)},${i % 2 ? 'yes' : 'no'},secret`,
  )
  return folder.write('t.csv', `x,site,who,y,name\n${lines.join('\n')}\n`)
}
const rowsOf = (csv: string): string[] => csv.trim().split('\n').slice(1)

describe('splitTable', () => {
  it('gives each value of the column its own rows, and holds out a share of each', async () => {
    const { silos, heldOut, leftOut } = await splitTable(await write(), DATA, RULES)
    expect(silos.map(({ value, rows }) => [value, rows])).toEqual([
      ['a', 40],
      ['b', 24],
    ])
    expect(rowsOf(heldOut)).toHaveLength(16)
    expect(leftOut).toEqual([{ value: 'c', rows: 9 }])
    const all = [...silos.flatMap(({ csv }) => rowsOf(csv)), ...rowsOf(heldOut)]
    expect(new Set(all).size).toBe(80)
  })

  it('writes the columns of the schema only', async () => {
    const { silos, heldOut } = await splitTable(await write(), DATA, RULES)
    for (const csv of [heldOut, ...silos.map((silo) => silo.csv)]) {
      expect(csv).toMatch(/^x,y\n/)
      expect(csv).not.toContain('secret')
    }
  })

  it('gives the same bytes for the same seed, and others for another', async () => {
    const path = await write()
    const first = await splitTable(path, DATA, RULES)
    expect(await splitTable(path, DATA, RULES)).toEqual(first)
    expect((await splitTable(path, DATA, { ...RULES, seed: 8 })).heldOut).not.toBe(first.heldOut)
  })

  it('takes the largest when there are too many', async () => {
    const { silos, leftOut } = await splitTable(await write(), DATA, { ...RULES, maxSilos: 1 })
    expect(silos.map(({ value }) => value)).toEqual(['a'])
    expect(leftOut.map(({ value }) => value)).toEqual(['b', 'c'])
  })

  it('never has a group on both sides', async () => {
    const { silos, heldOut } = await splitTable(await write(), { ...DATA, group: ['who'] }, RULES)
    const who = (line: string): string => line.split(',')[2] as string
    const held = new Set(rowsOf(heldOut).map(who))
    const trained = silos.flatMap(({ csv }) => rowsOf(csv).map(who))
    expect(held.size).toBeGreaterThan(1)
    expect(trained.filter((one) => held.has(one))).toEqual([])
  })

  it('holds out the last readings of every series', async () => {
    const series: SeriesData & { silo: string } = {
      kind: 'series',
      columns: [{ name: 'g', type: 'number' }],
      label: { column: 'g' },
      time: 't',
      silo: 'site',
      stepSeconds: 60,
      past: 2,
      horizon: 1,
    }
    const lines = Array.from({ length: 20 }, (_, i) => `a,${(19 - i) * 60},${i}`)
    const path = await folder.write('s.csv', `site,t,g\n${lines.join('\n')}`)
    const { heldOut } = await splitTable(path, series, RULES)
    expect(rowsOf(heldOut)).toEqual(['0,1140', '1,1080', '2,1020', '3,960'])
  })

  it('quotes cells that would break the file', async () => {
    const lines = Array.from({ length: 12 }, (_, i) => `"${i}, ""odd""",a,no`)
    const path = await folder.write('q.csv', `x,site,y\n${lines.join('\n')}`)
    const { silos } = await splitTable(path, DATA, RULES)
    expect(silos[0]?.csv).toMatch(/"\d+, ""odd""",no\n/)
  })

  it('leaves out rows of nobody and rows without a label', async () => {
    const lines = Array.from(
      { length: 40 },
      (_, i) => `${i},${i % 4 === 0 ? '?' : 'a'},${i % 5 === 0 ? '' : 'no'}`,
    )
    const path = await folder.write('g.csv', `x,site,y\n${lines.join('\n')}`)
    const { silos, heldOut, leftOut } = await splitTable(path, DATA, RULES)
    expect((silos[0]?.rows ?? 0) + rowsOf(heldOut).length).toBe(24)
    expect(leftOut).toEqual([])
  })

  it('refuses a file that it may not hold in memory, and says what may be larger', async () => {
    const path = await write()
    expect(await dataErrorOf(splitTable(path, DATA, { ...RULES, maxCharacters: 100 }))).toEqual({
      code: 'DATA_TOO_LARGE',
      message: 't.csv: more than 100 characters cannot be split in memory',
      hint: 'Give every silo its own file, which may be larger than memory:  --data NAME=FILE.',
    })
  })

  it('refuses a file without the silo column, or with nobody in it', async () => {
    const other = await folder.write('o.csv', 'x,y\n1,no\n')
    expect((await dataErrorOf(splitTable(other, DATA, RULES))).code).toBe('DATA_MISSING_COLUMN')
    const empty = await folder.write('e.csv', 'x,site,y\n1,,no\n')
    expect((await dataErrorOf(splitTable(empty, DATA, RULES))).code).toBe('DATA_NO_ROWS')
  })
})
