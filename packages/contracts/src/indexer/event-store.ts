import type { DatabaseSync } from 'node:sqlite'
import { type Hex, isAddress, isHex } from 'viem'
import type { MarketLog } from './fold/market-log.ts'
import { IndexError } from './index-error.ts'

/** Characters of a value that does not belong there. */
const MAX_SHOWN = 80

/** A block that is indexed; time in Unix seconds. */
export type IndexedBlock = { readonly number: number; readonly hash: Hex; readonly time: number }

/** An event with the time of its block, Unix seconds. */
export type TimedLog = MarketLog & { readonly time: number }

/** The events of some blocks that follow those indexed so far. */
export type IndexedRange = {
  /** Every block with an event, and the last of the range. */
  readonly blocks: readonly IndexedBlock[]
  readonly logs: readonly MarketLog[]
}

/** Blocks and events on disk. Callers bring the transaction. */
export type EventStore = {
  /** The last block that is indexed. */
  tip(): IndexedBlock | undefined
  /** The last indexed block up to `number`. */
  blockUpTo(number: number): IndexedBlock | undefined
  /** All block numbers that are known, rising. */
  blockNumbers(): readonly number[]
  append(range: IndexedRange): void
  /** Forgets everything after block `number`. */
  cutAfter(number: number): void
  /** Events of blocks after `after` up to `upTo`, in chain order; of one contract when `address` (lower case) is given. */
  logs(from: LogQuery): IterableIterator<TimedLog>
}

/** Block numbers; `address` in lower case. */
export type LogQuery = {
  readonly after: number
  readonly upTo: number
  readonly address?: string | undefined
}

export function createEventStore(database: DatabaseSync): EventStore {
  const upTo = database.prepare(
    'SELECT * FROM block WHERE number <= ? ORDER BY number DESC LIMIT 1',
  )
  const numbers = database.prepare('SELECT number FROM block ORDER BY number')
  const cut = database.prepare('DELETE FROM block WHERE number > ?')
  const blockUpTo = (number: number): IndexedBlock | undefined => {
    const row = upTo.get(number)
    return row === undefined ? undefined : parseBlock(row)
  }
  return {
    tip: () => blockUpTo(Number.MAX_SAFE_INTEGER),
    blockUpTo,
    blockNumbers: () => numbers.all().map(({ number }) => integer(number)),
    append: createAppender(database),
    cutAfter(number) {
      cut.run(number)
    },
    logs: createLogReader(database),
  }
}

function createAppender(database: DatabaseSync): EventStore['append'] {
  const block = database.prepare('INSERT INTO block VALUES (?, ?, ?)')
  const event = database.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)')
  return ({ blocks, logs }) => {
    for (const { number, hash, time } of blocks) block.run(number, hash, time)
    for (const { block: at, logIndex, transaction, address, topics, data } of logs) {
      event.run(at, logIndex, transaction, address.toLowerCase(), topics.join(' '), data)
    }
  }
}

function createLogReader(database: DatabaseSync): EventStore['logs'] {
  const columns = 'event.*, block.time AS time FROM event JOIN block ON block.number = event.block'
  const range = 'event.block > ? AND event.block <= ?'
  const order = 'ORDER BY event.block, event.log_index'
  const all = database.prepare(`SELECT ${columns} WHERE ${range} ${order}`)
  const ofOne = database.prepare(`SELECT ${columns} WHERE ${range} AND address = ? ${order}`)
  return function* logs({ after, upTo, address }) {
    const rows =
      address === undefined ? all.iterate(after, upTo) : ofOne.iterate(after, upTo, address)
    for (const row of rows) yield parseLog(row)
  }
}

type Row = Readonly<Record<string, unknown>>

function parseBlock({ number, hash, time }: Row): IndexedBlock {
  return { number: integer(number), hash: hex(hash), time: integer(time) }
}

function parseLog(row: Row): TimedLog {
  const { address, topics } = row
  if (typeof address !== 'string' || !isAddress(address, { strict: false })) throw strange(address)
  return {
    block: integer(row.block),
    logIndex: integer(row.log_index),
    time: integer(row.time),
    transaction: hex(row.transaction),
    address,
    topics: String(topics).split(' ').map(hex),
    data: hex(row.data),
  }
}

function integer(value: unknown): number {
  if (Number.isSafeInteger(value)) return Number(value)
  throw strange(value)
}

function hex(value: unknown): Hex {
  if (isHex(value)) return value
  throw strange(value)
}

function strange(value: unknown): IndexError {
  // A number or text of our own tables, which whoever changed them may have made long.
  const found = JSON.stringify(value)?.slice(0, MAX_SHOWN)
  return new IndexError('INDEX_DAMAGED', `the index holds ${found}, which no index writes`)
}
