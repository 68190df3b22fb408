import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { cidOfBytes } from '@fednode/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openBallotJournal } from '../../../src/voting/ballot-journal.ts'
import { temporaryDirectory } from '../silo/harness.ts'

const cleanup: (() => unknown)[] = []
afterEach(() => {
  for (const undo of cleanup.splice(0).toReversed()) undo()
})

const fileOf = () => path.join(temporaryDirectory(cleanup), 'votes.sqlite')
const open = (file: string) => {
  const form = { tables: '', encode: (votes: number[]) => votes, schema: z.array(z.int()) }
  const { journal } = openBallotJournal<number[]>(file, form)
  cleanup.push(() => journal.close())
  return journal
}
const salt = (digit: string) => `0x${digit.repeat(64)}` as const
const [first, second] = [
  { ballot: [9_000, 65_535], salt: salt('1') },
  { ballot: [1, 2], salt: salt('2') },
]

describe('openBallotJournal', () => {
  // T44, attack 38: second ones could not be revealed.
  it('T44: keeps the first vote of a round, over restarts, and never another', () => {
    const file = fileOf()
    expect(open(file).saveVote(1, first)).toEqual(first)
    const again = open(file)
    expect(again.vote(1)).toEqual(first)
    expect(again.saveVote(1, second)).toEqual(first)
    expect(again.vote(2)).toBeUndefined()
  })

  it('keeps the last consent', () => {
    const file = fileOf()
    const manifest = cidOfBytes(Uint8Array.of(1))
    expect(open(file).consent()).toBeUndefined()
    open(file).saveConsent(cidOfBytes(Uint8Array.of(2)), 4)
    open(file).saveConsent(manifest, 5)
    expect(open(file).consent()).toEqual({ manifest, at: 5 })
  })

  it.each([["ballot = '[0.5]'"], ["ballot = 'none'"], ["salt = '0x12'"]])(
    'refuses a vote that it did not write: %s',
    (change) => {
      const file = fileOf()
      const journal = open(file)
      journal.saveVote(1, first)
      const other = new DatabaseSync(file)
      other.exec(`UPDATE vote SET ${change}`)
      other.close()
      expect(() => journal.vote(1)).toThrow(
        expect.objectContaining({ code: 'BALLOT_JOURNAL_CORRUPT' }),
      )
    },
  )
})
