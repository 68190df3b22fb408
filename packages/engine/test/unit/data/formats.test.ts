import { readFileSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { gunzipSync, gzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import type { TabularData } from '@fednode/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadDataset } from '../../../src/data/load-dataset.ts'
import { createDataFolder, type DataFolder, dataErrorOf } from './data-folder.ts'
import { sharedData } from './shared-data.ts'

const DATA: TabularData = {
  kind: 'table',
  columns: [
    { name: 'age', type: 'number', missing: [''] },
    { name: 'sex', type: 'category', categories: ['f', 'm'] },
  ],
  label: { column: 'ill', classes: ['no', 'yes'] },
  missingRows: 'drop',
}
const ROWS = [
  { age: 60, sex: 'f', ill: 'yes', more: { x: 1 } },
  { age: 41.5, sex: 'm', ill: 'no' },
  { age: null, sex: 'm', ill: 'no' },
]
const FEATURES = [60, 1, 0, 41.5, 0, 1]

let folder: DataFolder
beforeAll(async () => {
  folder = await createDataFolder()
  await folder.write('people.csv', 'age,sex,ill\n60,f,yes\n41.5,m,no\n,m,no\n')
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run(
    `COPY (FROM read_csv('${folder.path}/people.csv', all_varchar = true)) TO '${folder.path}/people.parquet'`,
  )
  connection.closeSync()
  instance.closeSync()
})
afterAll(() => folder.remove())

const featuresOf = async (source: string): Promise<number[]> => [
  ...(await loadDataset(source, DATA)).dataset.features,
]

describe('loadDataset of JSON', () => {
  it.each([
    ['a list of objects', 'a.json', JSON.stringify(ROWS)],
    ['an object a line', 'a.ndjson', ROWS.map((row) => JSON.stringify(row)).join('\n')],
  ])('reads %s', async (_, name, content) => {
    expect(await featuresOf(await folder.write(name, content))).toEqual(FEATURES)
  })

  it('refuses what is none', async () => {
    expect(
      await dataErrorOf(featuresOf(await folder.write('b.json', '[{"age": 1,'))),
    ).toMatchObject({ code: 'DATA_BAD_ROW', hint: expect.stringContaining('one object a line') })
  })
})

describe('loadDataset of SQLite', () => {
  const write = (name: string, tables: readonly string[]): string => {
    const path = `${folder.path}/${name}`
    const database = new DatabaseSync(path)
    for (const table of tables) {
      database.exec(`CREATE TABLE "${table}" (age REAL, sex TEXT, ill TEXT)`)
      const insert = database.prepare(`INSERT INTO "${table}" VALUES (?, ?, ?)`)
      for (const { age, sex, ill } of ROWS) insert.run(age, sex, ill)
    }
    database.close()
    return path
  }

  it('reads the only table', async () => {
    expect(await featuresOf(write('one.sqlite', ['visits']))).toEqual(FEATURES)
  })

  it('reads a table by name, and says which there are', async () => {
    const path = write('two.db', ['visits', 'odd name'])
    expect(await featuresOf(`${path}#odd name`)).toEqual(FEATURES)
    for (const source of [path, `${path}#other`])
      expect(await dataErrorOf(featuresOf(source))).toMatchObject({
        hint: 'Name one as  FILE#TABLE;  the file has: odd name, visits.',
      })
  })

  it('T28: refuses a file that is none', async () => {
    const path = await folder.write('bad.sqlite', 'age,sex\n1,f\n'.repeat(1_000))
    expect((await dataErrorOf(featuresOf(path))).message).toBe(
      'bad.sqlite is not a readable SQLite file',
    )
  })
})

describe('loadDataset of a query', () => {
  it('reads the files that it names, with DuckDB in between', async () => {
    expect(
      await featuresOf(
        `SELECT age, sex, ill FROM read_parquet('${folder.path}/people.parquet') WHERE sex = 'f';`,
      ),
    ).toEqual([60, 1, 0])
    expect(
      await featuresOf(
        `FROM read_csv('${folder.path}/people.csv', all_varchar = true) -- all of them`,
      ),
    ).toEqual(FEATURES)
    expect(
      await featuresOf(`from read_csv('${folder.path}/peo*.csv', all_varchar = true)`),
    ).toEqual(FEATURES)
  })

  it.each([
    ['two statements', `SELECT 1; SELECT 2`],
    ['a write', `WITH x AS (SELECT 1) INSERT INTO y FROM x`],
    ['no statement that parses', 'SELECT FROM WHERE'],
  ])('refuses %s', async (_, query) => {
    expect((await dataErrorOf(featuresOf(query))).code).toBe('DATA_BAD_QUERY')
  })

  it('T26: reads no file whose path it does not name, and nothing from the network', async () => {
    for (const query of [
      `SELECT * FROM read_csv('/etc/' || 'passwd')`,
      `SELECT * FROM read_text(concat('/etc', '/hostname'))`,
      `SELECT * FROM read_csv('https://example.org/x.csv')`,
      `SELECT * FROM read_parquet('s3://bucket/x.parquet')`,
    ]) {
      const { code, message } = await dataErrorOf(featuresOf(query))
      expect([query, code]).toEqual([query, 'DATA_BAD_QUERY'])
      expect(message).toContain('the query cannot be run')
    }
  })
})

describe('loadDataset of reference files (needs shared/data)', () => {
  const bank = sharedData('bank-marketing/bank-full.csv.gz')
  it.skipIf(bank.isAbsent)('reads semicolons with quotes: bank-marketing', async () => {
    const { report } = await loadDataset(bank.path, {
      kind: 'table',
      columns: [
        { name: 'balance', type: 'number', unit: 'EUR' },
        { name: 'housing', type: 'category', categories: ['no', 'yes'] },
      ],
      label: { column: 'y', classes: ['no', 'yes'] },
      missingRows: 'refuse',
    })
    expect(report.rows).toBe(45_211)
    expect(report.labels[1]?.count).toBe(5_289)
  })

  const sms = sharedData('sms-spam/sms_spam.tsv.gz')
  it.skipIf(sms.isAbsent)('reads tabs whose quotes are text: sms-spam', async () => {
    const rows = gunzipSync(readFileSync(sms.path)).toString('utf8')
    const path = `${folder.path}/sms.tsv.gz`
    writeFileSync(path, gzipSync(`label\tmessage\n${rows}`))
    const { report } = await loadDataset(path, {
      kind: 'text',
      column: 'message',
      label: { column: 'label', classes: ['ham', 'spam'] },
      tokens: 20,
      buckets: 2_000,
    })
    expect(report.labels.map(({ count }) => count)).toEqual([4_827, 747])
  })

  const imdb = sharedData('sentiment-3-sites/imdb_labelled.txt')
  it.skipIf(imdb.isAbsent)('splits lines at line feeds only: sentiment', async () => {
    const query = `SELECT * FROM read_csv('${imdb.path}', delim = '\t', quote = '', escape = '', header = false,
      auto_detect = false, columns = {'sentence': 'VARCHAR', 'mood': 'VARCHAR'})`
    const { report } = await loadDataset(query, {
      kind: 'text',
      column: 'sentence',
      label: { column: 'mood', classes: ['0', '1'] },
      tokens: 20,
      buckets: 2_000,
    })
    expect(report.labels.map(({ count }) => count)).toEqual([500, 500])
  })
})
