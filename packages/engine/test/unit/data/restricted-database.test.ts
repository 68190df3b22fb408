import { existsSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import type { TabularData } from '@fednode/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadDataset } from '../../../src/data/load-dataset.ts'
import {
  openRestrictedDatabase,
  type RestrictedDatabase,
} from '../../../src/data/restricted-database.ts'
import { createDataFolder, type DataFolder, dataErrorOf } from './data-folder.ts'

const HOSTILE_NAMES = [
  `x" FROM read_csv('/etc/passwd') --`,
  `a'; DROP TABLE t; --`,
  '*',
  'COLUMNS(*)',
  '$1',
  'select',
  'c0',
]

function tableOf(name: string): TabularData {
  return {
    kind: 'table',
    columns: [{ name, type: 'number' }],
    label: { column: 'y', classes: ['0', '1'] },
    missingRows: 'refuse',
  }
}

let folder: DataFolder
let secret: string
let database: RestrictedDatabase
beforeAll(async () => {
  folder = await createDataFolder()
  secret = await folder.write('secret.csv', 'x,y\n1,0\n')
  database = await openRestrictedDatabase(await folder.write('open.csv', 'x,y\n2,1\n'))
})
afterAll(async () => {
  await database.close()
  await folder.remove()
})

describe('openRestrictedDatabase', () => {
  it('T26: reads the one file and no other, whatever the SQL', async () => {
    const read = async (sql: string) => (await database.connection.runAndReadAll(sql)).getRows()
    expect(await read(`SELECT x::VARCHAR FROM read_csv('${database.link}')`)).toEqual([['2']])
    for (const sql of [
      `SELECT * FROM read_csv('${secret}')`,
      `SELECT * FROM '${secret}'`,
      `SELECT * FROM read_csv('/etc/passwd')`,
      `SELECT * FROM read_text('/etc/passwd')`,
      `SELECT * FROM read_blob('/etc/passwd')`,
      `SELECT * FROM glob('/etc/*')`,
      `SELECT * FROM read_csv('${database.link}/../../secret.csv')`,
      `SELECT * FROM read_csv('https://example.org/x.csv')`,
      `ATTACH '${folder.path}/new.db'`,
      `COPY (SELECT 1) TO '${folder.path}/out.csv'`,
      'INSTALL httpfs',
      'LOAD httpfs',
      `LOAD '${folder.path}/evil.duckdb_extension'`,
      'SET enable_external_access = true',
      `SET allowed_paths = ['/etc/passwd']`,
      'SET lock_configuration = false',
      `EXPORT DATABASE '${folder.path}/dump'`,
    ])
      await expect(database.connection.run(sql), sql).rejects.toThrow()
    expect(existsSync(`${folder.path}/out.csv`)).toBe(false)
    expect(existsSync(`${folder.path}/new.db`)).toBe(false)
  })

  it('removes its link on close', async () => {
    const links = () => readdirSync(tmpdir()).filter((name) => name.startsWith('fednode-data-'))
    const before = links()
    const other = await openRestrictedDatabase(secret)
    expect(existsSync(other.link)).toBe(true)
    await other.close()
    expect(existsSync(other.link)).toBe(false)
    expect(links().filter((name) => !before.includes(name))).toEqual([])
  })
})

describe('loadDataset', () => {
  it.each(HOSTILE_NAMES)('T26: takes the column name %s for a name', async (name) => {
    const cell = `"${name.replaceAll('"', '""')}"`
    const path = await folder.write('hostile.csv', `y,${cell},z\n1,5,9\n0,6,9\n`)
    const { dataset } = await loadDataset(path, tableOf(name))
    expect([...dataset.features]).toEqual([5, 6])
    const absent = await dataErrorOf(loadDataset(secret, tableOf(name)))
    expect(absent.code).toBe('DATA_MISSING_COLUMN')
  })

  it.each([
    `q'; DROP TABLE t; --.csv`,
    's*.csv',
    'secre?.csv',
    '[s]ecret.csv',
    '{secret}.csv',
    '-x.csv',
    'two words.csv',
  ])('T26: takes the file name %s for a name', async (name) => {
    const path = await folder.write(name, 'x,y\n7,1\n')
    const { dataset, report } = await loadDataset(path, tableOf('x'))
    expect([...dataset.features]).toEqual([7])
    expect(report.file).toBe(name)
  })

  it('T26: does not expand a pattern that only other files match', async () => {
    const { code } = await dataErrorOf(loadDataset(`${folder.path}/secr*.csv`, tableOf('x')))
    expect(code).toBe('DATA_FILE_NOT_FOUND')
  })
})
