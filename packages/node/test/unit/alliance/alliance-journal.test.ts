import path from 'node:path'
import { cidOfBytes } from '@fednode/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { createAllianceJournal } from '../../../src/alliance/alliance-journal.ts'
import { temporaryDirectory } from '../silo/harness.ts'

const cleanup: (() => unknown)[] = []
afterEach(() => {
  for (const undo of cleanup.splice(0).toReversed()) undo()
})

const fileOf = () => path.join(temporaryDirectory(cleanup), 'alliance.sqlite')
const hex = (digit: string) => `0x${digit.repeat(64)}` as const
const vote = {
  ballot: {
    digest: hex('a'),
    score: -1,
    approved: 2n ** 63n,
    lossBefore: 2n ** 64n - 1n,
    lossAfter: 7n,
  },
  salt: hex('1'),
} as const

describe('the journal of a node of an alliance', () => {
  it('T44: gives back after a restart what was written before it', () => {
    const file = fileOf()
    const before = createAllianceJournal(file)
    const ref = { cid: cidOfBytes(Uint8Array.of(1)), size: 12 }
    before.saveConsent(ref.cid, 5)
    before.saveContribution(1, ref)
    before.saveVote(2, vote)
    before.saveModel(ref.cid)
    before.close()
    const after = createAllianceJournal(file)
    cleanup.push(() => after.close())
    expect(after.consent()).toEqual({ manifest: ref.cid, at: 5 })
    expect(after.contribution(1)).toEqual(ref)
    expect(after.vote(2)).toEqual(vote)
    expect(after.vote(1)).toBeUndefined()
    expect(after.models()).toEqual([ref.cid])
    after.forgetModel(ref.cid)
    expect(after.models()).toEqual([])
  })
})
