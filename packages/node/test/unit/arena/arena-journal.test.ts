import path from 'node:path'
import { cidFromDigest } from '@fednode/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { createArenaJournal } from '../../../src/arena/arena-journal.ts'
import { temporaryDirectory } from '../silo/harness.ts'

const cleanup: (() => unknown)[] = []
afterEach(async () => {
  for (const undo of cleanup.splice(0).toReversed()) await undo()
})

const cid = cidFromDigest(`0x${'ab'.repeat(32)}`, 'dag-cbor')
const salt = `0x${'12'.repeat(32)}` as const
const open = (file: string) => {
  const journal = createArenaJournal(file)
  cleanup.push(() => journal.close())
  return journal
}

describe('createArenaJournal', () => {
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

  it('gives scores back as they were, and refuses those that the chain has no room for', () => {
    const journal = open(path.join(temporaryDirectory(cleanup), 'arena.sqlite'))
    const vote = { ballot: [9_000, 65_535], salt }
    expect(journal.saveVote(1, vote)).toEqual(vote)
    expect(() => journal.saveVote(2, { ballot: [70_000], salt })).toThrow(
      expect.objectContaining({ code: 'BALLOT_JOURNAL_CORRUPT' }),
    )
  })
})
