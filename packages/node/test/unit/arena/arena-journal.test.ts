import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { cidFromDigest } from '@fednode/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { createArenaJournal } from '../../../src/arena/arena-journal.ts'
import { temporaryDirectory } from '../silo/harness.ts'

const cleanup: (() => unknown)[] = []
afterEach(async () => {
  for (const undo of cleanup.splice(0).toReversed()) await undo()
})

const [first, second] = [
  { scores: [9_000, 65_535], salt: `0x${'12'.repeat(32)}` as const },
  { scores: [1, 2], salt: `0x${'34'.repeat(32)}` as const },
]
const cid = cidFromDigest(`0x${'ab'.repeat(32)}`, 'dag-cbor')
const open = (file: string) => {
  const journal = createArenaJournal(file)
  cleanup.push(() => journal.close())
  return journal
}

describe('createArenaJournal', () => {
  it('T44: keeps the first scores of a round, over restarts, and never others', () => {
    const file = path.join(temporaryDirectory(cleanup), 'arena.sqlite')
    expect(open(file).saveScores(1, first)).toEqual(first)
    const again = open(file)
    expect(again.scores(1)).toEqual(first)
    expect(again.saveScores(1, second)).toEqual(first)
    expect(again.scores(2)).toBeUndefined()
  })

  it('knows the last model, and whether it was submitted', () => {
    const file = path.join(temporaryDirectory(cleanup), 'arena.sqlite')
    const journal = open(file)
    expect(journal.lastModel()).toBeUndefined()
    journal.saveModel(1, { cid, size: 10 })
    journal.saveSubmitted(1)
    expect(journal.lastModel()).toEqual({ round: 1, cid, size: 10, isSubmitted: true })
    journal.saveModel(2, { cid, size: 11 })
    expect(open(file).lastModel()).toEqual({ round: 2, cid, size: 11, isSubmitted: false })
  })

  it('refuses rows that fednode does not write', () => {
    const file = path.join(temporaryDirectory(cleanup), 'arena.sqlite')
    const journal = open(file)
    journal.saveScores(1, first)
    const other = new DatabaseSync(file)
    other.exec(`UPDATE vote SET scores = '[70000]'`)
    other.close()
    expect(() => journal.scores(1)).toThrow(
      expect.objectContaining({ code: 'ARENA_JOURNAL_CORRUPT' }),
    )
  })
})
