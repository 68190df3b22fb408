import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createIndexer, type Indexer } from '../../../src/index.ts'
import { CHECKPOINT_EVENTS } from '../../../src/indexer/state-keeper.ts'
import type { Arena } from './support/arena.ts'
import { differencesOf, playedMarket } from './support/played-market.ts'

const SYNC_PROCESS = fileURLToPath(new URL('./support/sync-process.ts', import.meta.url))
/** Of SQLite; the first one holds the schema. */
const PAGE_BYTES = 4_096
const OTHER = '0x00000000000000000000000000000000000000aa'

describe('the file of an index', () => {
  let arena: Arena
  let directory: string
  let events: number

  beforeAll(async () => {
    arena = await playedMarket({ seed: 7, actions: 650 })
    directory = mkdtempSync(path.join(tmpdir(), 'fednode-index-'))
    const all = await open('all.sqlite')
    events = (await all.sync()).events
    all.stop()
  }, 120_000)

  afterAll(async () => {
    await arena?.stop()
    if (directory !== undefined) rmSync(directory, { recursive: true })
  })

  const open = (name: string, options: { rangeBlocks?: number; confirmations?: number } = {}) =>
    createIndexer(
      { scenario: arena.scenario, file: path.join(directory, name), ...options },
      { reader: arena.world.reader },
    )

  const edit = (name: string, sql: string): void => {
    const database = new DatabaseSync(path.join(directory, name))
    database.exec(sql)
    database.close()
  }

  const count = (name: string, table: string): number => {
    const database = new DatabaseSync(path.join(directory, name))
    const row = database.prepare(`SELECT count(*) AS rows FROM ${table}`).get()
    database.close()
    return Number(row?.rows)
  }

  const untilTip = async (indexer: Indexer): Promise<readonly string[]> => {
    await indexer.sync()
    const differences = await differencesOf(arena, indexer)
    indexer.stop()
    return differences
  }

  it('T42 is readable by its owner only', () => {
    expect(statSync(path.join(directory, 'all.sqlite')).mode & 0o777).toBe(0o600)
  })

  it('goes on where it was closed, and asks for nothing twice', async () => {
    const again = await open('all.sqlite')
    expect(again.view().block).toBeGreaterThan(0)
    expect(await differencesOf(arena, again)).toEqual([])
    expect((await again.sync()).events).toBe(0)
    again.stop()
  })

  it('starts from a checkpoint, and from the events when the checkpoint is damaged', async () => {
    expect(events).toBeGreaterThan(CHECKPOINT_EVENTS)
    const good = await open('checkpoint.sqlite', { rangeBlocks: 20 })
    await good.sync()
    good.stop()
    expect(count('checkpoint.sqlite', 'checkpoint')).toBeGreaterThan(0)
    // Without the older events only a checkpoint can say what they did.
    edit(
      'checkpoint.sqlite',
      'CREATE TABLE kept AS SELECT * FROM event; DELETE FROM event WHERE block <= (SELECT max(block) FROM checkpoint)',
    )
    expect(await untilTip(await open('checkpoint.sqlite'))).toEqual([])
    edit(
      'checkpoint.sqlite',
      "INSERT OR IGNORE INTO event SELECT * FROM kept; DROP TABLE kept; UPDATE checkpoint SET state = x'00'",
    )
    expect(await untilTip(await open('checkpoint.sqlite'))).toEqual([])
  })

  it('says the same whether it was read whole or block by block', async () => {
    expect(await untilTip(await open('blocks.sqlite', { rangeBlocks: 1 }))).toEqual([])
    expect(await untilTip(await open('ranges.sqlite', { rangeBlocks: 7 }))).toEqual([])
  })

  it('T44 loses nothing when its process is killed between blocks, three times', async () => {
    let reached = -1
    for (const dots of [5, 17, 30]) {
      await killedAfter(dots)
      const indexer = await open('killed.sqlite')
      const { block } = indexer.view()
      indexer.stop()
      expect(block).toBeGreaterThan(reached)
      reached = block
    }
    const last = await open('killed.sqlite')
    expect(await untilTip(last)).toEqual([])
  })

  const startProcess = (name: string, rangeBlocks: number) => {
    const { rpcUrl } = arena.anvil
    const file = path.join(directory, name)
    return spawn(process.execPath, [
      SYNC_PROCESS,
      rpcUrl,
      arena.scenario,
      file,
      String(rangeBlocks),
    ])
  }

  const killedAfter = async (dots: number): Promise<void> => {
    const child = startProcess('killed.sqlite', 1)
    const gone = once(child, 'exit')
    let seen = 0
    child.stdout.on('data', (text: Buffer) => {
      seen += text.length
      if (seen >= dots) child.kill('SIGKILL')
    })
    const [, signal] = await gone
    expect(signal).toBe('SIGKILL')
  }

  it('T43 may be made and written by several processes at once', async () => {
    const children = Array.from({ length: 3 }, () => startProcess('shared.sqlite', 9))
    const codes = await Promise.all(children.map((child) => once(child, 'exit')))
    expect(codes.map(([exitCode]) => exitCode)).toEqual([0, 0, 0])
    const indexer = await open('shared.sqlite')
    expect((await indexer.sync()).events).toBe(0)
    expect(await untilTip(indexer)).toEqual([])
  })

  it('T43 sees what another one wrote, without reading it again', async () => {
    const [writer, reader] = [await open('seen.sqlite'), await open('seen.sqlite')]
    await writer.sync()
    expect(reader.view().ledger()).toEqual(writer.view().ledger())
    expect((await reader.sync()).events).toBe(0)
    writer.stop()
    reader.stop()
  })

  it('leaves out as many of the newest blocks as it is told', async () => {
    const indexer = await open('confirmed.sqlite', { confirmations: 12 })
    const { tip } = await indexer.sync()
    const head = Number(await arena.world.reader.public.getBlockNumber({ cacheTime: 0 }))
    expect(tip?.number).toBe(head - 12)
    expect(await untilTip(indexer)).toEqual([])
  })

  it('tells the past, and what will be owed later', async () => {
    const indexer = await open('all.sqlite')
    await indexer.sync()
    const now = indexer.view()
    const past = indexer.view({ block: now.block - 40 })
    expect(past.ledger()).not.toEqual(now.ledger())
    const early = await open('early.sqlite', { confirmations: 40 })
    await early.sync()
    expect(early.view().ledger()).toEqual(past.ledger())
    early.stop()
    const later = indexer.view({ time: now.time + 86_400n })
    expect(later.ledger().streaming).toBe(0n)
    expect(later.ledger().unclaimed).toBeGreaterThanOrEqual(now.ledger().unclaimed)
    expect(() => indexer.view({ time: now.time - 1n })).toThrow(code('NOT_INDEXED'))
    expect(() => indexer.view({ block: now.block + 1 })).toThrow(code('NOT_INDEXED'))
    expect(() => now.owed(99, OTHER)).toThrow(code('NOT_INDEXED'))
    indexer.stop()
  })

  it('knows nothing before its first sync', async () => {
    const indexer = await open('new.sqlite')
    expect(() => indexer.view()).toThrow(code('NOT_INDEXED'))
    indexer.stop()
    indexer.stop()
  })

  it('ends a sync when it is closed', async () => {
    const indexer = await open('closed.sqlite')
    const syncing = indexer.sync()
    indexer.stop()
    await expect(syncing).rejects.toThrow(code('INDEX_CLOSED'))
    expect(await untilTip(await open('closed.sqlite'))).toEqual([])
  })

  it('is refused when it belongs to another federation or is no index', async () => {
    edit('all.sqlite', "UPDATE owner SET text = 'Scenario 0x00 on chain 1'")
    await expect(open('all.sqlite')).rejects.toThrow(code('INDEX_OF_ANOTHER'))
    writeFileSync(
      path.join(directory, 'text.sqlite'),
      'not an index at all, but a text of some length'.repeat(40),
    )
    await expect(open('text.sqlite')).rejects.toThrow(code('INDEX_DAMAGED'))
  })

  it('is refused when pages of it are damaged', async () => {
    const file = path.join(directory, 'ranges.sqlite')
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.fill(0xff, PAGE_BYTES, bytes.length - PAGE_BYTES))
    const used = open('ranges.sqlite').then((indexer) => indexer.sync().finally(indexer.stop))
    await expect(used).rejects.toThrow(code('INDEX_DAMAGED'))
  })

  it('is built anew when another version of fednode wrote it', async () => {
    edit('blocks.sqlite', 'PRAGMA user_version = 99')
    const indexer = await open('blocks.sqlite')
    expect(() => indexer.view()).toThrow(code('NOT_INDEXED'))
    expect(await untilTip(indexer)).toEqual([])
  })
})

function code(expected: string) {
  return expect.objectContaining({ code: expected })
}
