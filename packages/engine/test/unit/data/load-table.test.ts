import { gzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import type { TabularData } from '@fednode/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadDataset } from '../../../src/data/load-dataset.ts'
import { createDataFolder, type DataFolder, dataErrorOf } from './data-folder.ts'

const HEART: TabularData = {
  kind: 'table',
  columns: [
    { name: 'age', type: 'integer', unit: 'years', min: 0, max: 120 },
    { name: 'chol', type: 'number', unit: 'mg/dl', scale: { mean: 200, deviation: 50 } },
    {
      name: 'cp',
      type: 'category',
      categories: ['typical', 'atypical', 'none'],
      missing: ['?', ''],
    },
  ],
  label: { column: 'disease', classes: ['no', 'yes'] },
  missingRows: 'drop',
}
const HEADER = 'age,chol,cp,disease\n'
const GOOD = ['63,233,typical,no', '67,286.5,none,yes', '41,204,atypical,no']

let folder: DataFolder
beforeAll(async () => {
  folder = await createDataFolder()
})
afterAll(() => folder.remove())

const load = async (content: string | Uint8Array, data: TabularData = HEART, name = 'heart.csv') =>
  loadDataset(await folder.write(name, content), data)
const failure = (content: string | Uint8Array, data?: TabularData) =>
  dataErrorOf(load(content, data))

describe('loadDataset of a CSV file', () => {
  it('scales numbers, spreads categories one-hot and maps labels', async () => {
    const { dataset } = await load(`${HEADER}${GOOD.join('\n')}\n`)
    expect(dataset).toEqual({
      count: 3,
      featureShape: [5],
      features: Float32Array.of(63, 0.66, 1, 0, 0, 67, 1.73, 0, 0, 1, 41, 0.08, 0, 1, 0),
      featureScale: 1,
      targets: { kind: 'classes', labels: Int32Array.of(0, 1, 0), classes: 2 },
    })
  })

  it('finds columns by name, in any order and among others', async () => {
    const { dataset } = await load('disease,x,cp,age,chol\nyes,9,none,50,200\n')
    expect([...dataset.features]).toEqual([50, 0, 0, 0, 1])
    expect(dataset.targets).toEqual({ kind: 'classes', labels: Int32Array.of(1), classes: 2 })
  })

  it('gives values outside the dictionary of a column one feature of their own, as wide before as after', async () => {
    const [age, chol] = HEART.columns as [TabularData['columns'][0], TabularData['columns'][1]]
    const cp = { name: 'cp', type: 'category', maxCategories: 2, missing: ['?'] } as const
    const content = `${HEADER}1,200,typical,no\n2,200,never seen,yes\n3,200,none,yes\n4,200,?,no\n`
    const known = { ...HEART, columns: [age, chol, { ...cp, categories: ['none'] }] }
    const after = await load(content, { ...known, missingRows: 'impute' })
    const rows = [1, 0, 0, 0, 1, 2, 0, 0, 0, 1, 3, 0, 1, 0, 0, 4, 0, 0, 0, 0]
    expect([...after.dataset.features]).toEqual(rows)
    expect(after.report.columns[2]).toMatchObject({
      categories: [
        { name: 'none', count: 1 },
        { name: '(other)', count: 2 },
      ],
    })
    const before = await load(content, { ...HEART, columns: [age, chol, cp] })
    expect([...before.dataset.features]).toEqual([1, 0, 0, 0, 1, 2, 0, 0, 0, 1, 3, 0, 0, 0, 1])
  })

  it('T38: counts a category that is rare here among the others, and a missing one as missing', async () => {
    const [age] = HEART.columns as [TabularData['columns'][0]]
    const agreed = { categories: ['?', 'none', 'typical'], maxCategories: 3, missing: ['?'] }
    const cp = { name: 'cp', type: 'category', ...agreed, rare: ['?', 'none'] } as const
    const content = 'age,cp,disease\n1,typical,no\n2,none,yes\n3,?,no\n'
    const { dataset } = await load(content, { ...HEART, columns: [age, cp], missingRows: 'impute' })
    expect([...dataset.features]).toEqual([1, 0, 0, 1, 0, 2, 0, 0, 0, 1, 3, 0, 0, 0, 0])
  })

  it('drops rows with missing values and reports what the file holds', async () => {
    const { dataset, report } = await load(
      `${HEADER}${GOOD.join('\n')}\n50,100,?,yes\n60,300,,no\n`,
    )
    expect(dataset.count).toBe(3)
    expect(report).toEqual({
      file: 'heart.csv',
      rows: 5,
      used: 3,
      dropped: 2,
      columns: [
        { name: 'age', type: 'integer', unit: 'years', missing: 0, min: 41, max: 67, mean: 56.2 },
        {
          name: 'chol',
          type: 'number',
          unit: 'mg/dl',
          missing: 0,
          min: 100,
          max: 300,
          mean: 224.7,
        },
        {
          name: 'cp',
          type: 'category',
          missing: 2,
          categories: [
            { name: 'typical', count: 1 },
            { name: 'atypical', count: 1 },
            { name: 'none', count: 1 },
          ],
        },
      ],
      labels: [
        { name: 'no', count: 2 },
        { name: 'yes', count: 1 },
      ],
      warnings: [],
    })
  })

  it.each([
    ['semicolons', HEADER.replaceAll(',', ';') + GOOD.join('\n').replaceAll(',', ';')],
    ['tabs', HEADER.replaceAll(',', '\t') + GOOD.join('\n').replaceAll(',', '\t')],
    ['comma and space', HEADER.replaceAll(',', ', ') + GOOD.join('\n').replaceAll(',', ', ')],
    ['CRLF line ends', (HEADER + GOOD.join('\n')).replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${HEADER}${GOOD.join('\n')}`],
    [
      'quoted cells',
      `"age","chol",cp,"disease"\n"63","233","typical",no\n67,286.5,none,yes\n41,204,"atypical",no\n`,
    ],
    ['blank lines', `${HEADER}\n${GOOD.join('\n\n')}\n\n`],
  ])('reads files with %s', async (_, content) => {
    const { dataset } = await load(content)
    expect(dataset.targets).toMatchObject({ labels: Int32Array.of(0, 1, 0) })
    expect(dataset.features[6]).toBeCloseTo(1.73, 6)
  })

  it('reads compressed files', async () => {
    const { dataset } = await load(gzipSync(HEADER + GOOD.join('\n')), HEART, 'heart.csv.gz')
    expect(dataset.count).toBe(3)
  })

  it('keeps rows in order over many chunks', async () => {
    const rows = Array.from(
      { length: 7_000 },
      (_, i) => `${i % 100},${i},none,${i % 3 === 0 ? 'yes' : 'no'}`,
    )
    const { dataset } = await load(HEADER + rows.join('\n'))
    expect(dataset.count).toBe(7_000)
    expect(dataset.features[6_999 * 5 + 1]).toBeCloseTo((6_999 - 200) / 50, 4)
    expect(dataset.targets).toMatchObject({
      labels: Int32Array.from({ length: 7_000 }, (_, i) => (i % 3 === 0 ? 1 : 0)),
    })
  })
})

describe('a bad CSV file', () => {
  const withRow17 = (row: string, rows = 20) =>
    HEADER + Array.from({ length: rows }, (_, i) => (i === 16 ? row : GOOD[i % 3])).join('\n')

  it('says column, row, value, unit and remedy for text in a number', async () => {
    expect(await failure(withRow17('63,n/a,none,no'))).toEqual({
      code: 'DATA_BAD_VALUE',
      message: 'heart.csv: column "chol" row 17: "n/a" is not a number (mg/dl)',
      hint: `Declare it as missing with  missing: ["n/a"]  in the manifest's schema, or clean the file.`,
    })
  })

  it.each([
    ['63,NaN,none,no', '"NaN" is not a number (mg/dl)'],
    ['63,Infinity,none,no', '"Infinity" is not a number (mg/dl)'],
    ['63,-inf,none,no', '"-inf" is not a number (mg/dl)'],
    ['63,0x10,none,no', '"0x10" is not a number (mg/dl)'],
    ['63,1e400,none,no', '"1e400" is too large for a 32-bit number (mg/dl)'],
    ['63,"1,5",none,no', '"1,5" is not a number (mg/dl)'],
    ['63,,none,no', 'the cell is empty'],
    ['63.5,200,none,no', '"63.5" is not an integer (years)'],
    ['240,200,none,no', '"240" is above the maximum of 120 (years)'],
    ['-1,200,none,no', '"-1" is below the minimum of 0 (years)'],
    ['63,200,agony,no', '"agony" is not one of: typical, atypical, none'],
  ])('refuses the row %s', async (row, problem) => {
    const { code, message } = await failure(withRow17(row))
    expect(code).toBe('DATA_BAD_VALUE')
    expect(message).toMatch(/^heart\.csv: column "(age|chol|cp)" row 17: /)
    expect(message.endsWith(problem)).toBe(true)
  })

  it('counts rows over chunks and blank lines', async () => {
    const { message } = await failure(`${HEADER}${`${GOOD[0]}\n\n`.repeat(5_000)}63,oops,none,no\n`)
    expect(message).toContain('row 5001:')
  })

  it('T27: refuses a cell of a million digits at once', async () => {
    const { message } = await failure(withRow17(`63,${'1'.repeat(1_000_000)}x,none,no`))
    expect(message).toContain('is not a number')
    expect(message.length).toBeLessThan(200)
  })

  it('names an unknown label', async () => {
    const { code, message } = await failure(withRow17('63,200,none,maybe'))
    expect(code).toBe('DATA_BAD_LABEL')
    expect(message).toBe('heart.csv: label "disease" row 17: "maybe" is not one of: no, yes')
  })

  it('names a missing column and those that there are', async () => {
    expect(await failure('age,cholesterol,cp,disease\n1,2,none,no\n')).toEqual({
      code: 'DATA_MISSING_COLUMN',
      message: 'heart.csv: there is no column "chol"',
      hint: 'The file has: age, cholesterol, cp, disease. Rename a column, or check that this is the right file.',
    })
    expect((await failure('age,chol,cp\n1,2,none\n')).message).toContain('no column "disease"')
  })

  it('refuses a missing value where the manifest takes complete rows only', async () => {
    const { code, message } = await failure(withRow17('63,200,?,no'), {
      ...HEART,
      missingRows: 'refuse',
    })
    expect(code).toBe('DATA_MISSING_VALUE')
    expect(message).toBe('heart.csv: column "cp" row 17: "?" means a missing value')
  })

  it.each([
    ['no content', '', 'DATA_FILE_EMPTY', 'heart.csv is empty'],
    ['no rows', HEADER, 'DATA_NO_ROWS', 'heart.csv has a header but no rows'],
    [
      'no complete row',
      `${HEADER}1,2,?,no\n3,4,?,no\n`,
      'DATA_NO_ROWS',
      'heart.csv: each of its 2 rows has a missing value',
    ],
    [
      'a short line',
      `${HEADER}${GOOD[0]}\n1,2\n`,
      'DATA_BAD_ROW',
      'heart.csv: line 3 has 2 cells, the header has 4',
    ],
    [
      'a long line',
      `${HEADER}1,2,none,no,5\n`,
      'DATA_BAD_ROW',
      'heart.csv: line 2 has 5 cells, the header has 4',
    ],
    [
      'an open quote',
      `${HEADER}1,"2,none,no\n`,
      'DATA_BAD_ROW',
      'heart.csv: line 2: a quoted cell does not end',
    ],
    [
      'Latin-1 text',
      Buffer.from(`${HEADER}1,2,caf\xe9,no\n`, 'latin1'),
      'DATA_NOT_UTF8',
      'heart.csv: line 2 is not UTF-8 text',
    ],
    [
      'UTF-16 text',
      Buffer.from(HEADER, 'utf16le'),
      'DATA_NOT_UTF8',
      'heart.csv: the header is not UTF-8 text',
    ],
    [
      'a nameless column',
      'age,,cp,disease\n',
      'DATA_BAD_HEADER',
      'heart.csv: column 2 has no name',
    ],
    [
      'a repeated column',
      'age,age,cp,disease\n',
      'DATA_BAD_HEADER',
      'heart.csv: two columns are called "age"',
    ],
  ])('is refused for %s', async (_, content, code, message) => {
    expect(await failure(content)).toMatchObject({ code, message })
  })

  it.each(['__proto__', 'constructor', 'prototype'])(
    'T17: is refused for a column called %s',
    async (name) => {
      const { code, message } = await failure(`age,chol,cp,disease,${name}\n1,2,none,no,3\n`)
      expect(code).toBe('DATA_BAD_HEADER')
      expect(message).toBe(`heart.csv: a column may not be called "${name}"`)
      expect(Object.keys(Object.prototype)).toEqual([])
    },
  )

  it('T23: cannot send escape sequences to the terminal through cells, names or the path', async () => {
    const evil = '\u001b[2J\u202eevil'
    const messages = [
      (await failure(withRow17(`63,${evil},none,no`))).message,
      (await failure(`age,${evil},cp,disease\n1,2,none,no\n`)).hint,
      (await dataErrorOf(load('', HEART, `${evil}.csv`))).message,
    ]
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    for (const message of messages) expect(message).not.toMatch(/[\u0000-\u001f\u202e]/)
  })
})

describe('loadDataset of a path', () => {
  it.each([
    ['nowhere.csv', 'DATA_FILE_NOT_FOUND'],
    ['.', 'DATA_FORMAT_UNKNOWN'],
  ])('refuses %s', async (name, code) => {
    expect((await dataErrorOf(loadDataset(`${folder.path}/${name}`, HEART))).code).toBe(code)
  })

  it('refuses an ending that it does not know', async () => {
    expect((await dataErrorOf(load('x', HEART, 'heart.xlsx'))).code).toBe('DATA_FORMAT_UNKNOWN')
    expect((await dataErrorOf(load('x', HEART, 'heart.safetensors'))).code).toBe(
      'DATA_FORMAT_UNKNOWN',
    )
  })

  it('refuses a compressed or Parquet file that is none', async () => {
    expect((await dataErrorOf(load(HEADER, HEART, 'a.csv.gz'))).code).toBe('DATA_BAD_ROW')
    expect((await dataErrorOf(load(HEADER, HEART, 'a.parquet'))).code).toBe('DATA_BAD_ROW')
  })
})

describe('loadDataset of a Parquet file', () => {
  async function writeParquet(name: string, query: string): Promise<string> {
    const path = `${folder.path}/${name}`
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    await connection.run(`COPY (${query}) TO '${path}' (FORMAT parquet)`)
    connection.closeSync()
    instance.closeSync()
    return path
  }

  it('reads typed columns as CSV cells', async () => {
    const path = await writeParquet(
      'typed.parquet',
      `SELECT 63::BIGINT AS age, 233.25::DOUBLE AS chol, 'none' AS cp, 'yes' AS disease
       UNION ALL SELECT 40, 200, NULL, 'no'`,
    )
    const { dataset, report } = await loadDataset(path, HEART)
    expect([...dataset.features]).toEqual([63, Math.fround(0.665), 0, 0, 1])
    expect(report).toMatchObject({ rows: 2, used: 1, dropped: 1 })
  })

  it('refuses NaN with its row', async () => {
    const path = await writeParquet(
      'nan.parquet',
      `SELECT 1 AS age, 'nan'::FLOAT AS chol, 'none' AS cp, 'no' AS disease`,
    )
    const { message } = await dataErrorOf(loadDataset(path, HEART))
    expect(message).toBe('nan.parquet: column "chol" row 1: "nan" is not a number (mg/dl)')
  })
})
