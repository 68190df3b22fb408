import { describe, expect, it } from 'vitest'
import type { AllianceChain } from '../../../../src/alliance/alliance-chain.ts'
import { lyingChain } from '../../../../src/alliance/mischief/lying-chain.ts'
import { silentChain } from '../../../../src/alliance/mischief/silent-chain.ts'
import { createFakeAlliance } from '../fake-alliance.ts'

const ACCOUNTS = [1, 2, 3, 4].map((n) => `0x${String(n).padStart(40, '0')}` as const)
const DIGEST = `0x${'ab'.repeat(32)}` as const
const SALT = `0x${'5a'.repeat(32)}` as const
const BALLOT = { digest: DIGEST, score: 1, approved: 1n, lossBefore: 2n, lossAfter: 1n } as const

describe('what a malicious node tells its chain', () => {
  const told: unknown[] = []
  const world = createFakeAlliance({ accounts: ACCOUNTS, model: DIGEST, rounds: 1, now: () => 0 })
  const honest: AllianceChain = {
    ...world.chainOf(ACCOUNTS[3] ?? '0x'),
    round: async () => ({
      proposers: [DIGEST, DIGEST, undefined].map((contribution) => {
        return { account: ACCOUNTS[0] ?? '0x', weight: 1n, contribution, approved: false }
      }),
      voters: [],
      verdict: 'undecided',
      digest: undefined,
    }),
    revealVote: async (_seat, ballot) => told.push(ballot),
    contribute: async () => told.push('contributed'),
  }

  it('is the opposite of what a liar found, about what was contributed, and opens its commitment', async () => {
    const liar = lyingChain(honest)
    await liar.round(1)
    await liar.revealVote(0, BALLOT, SALT)
    const lie = { ...BALLOT, score: -1, approved: 2n } as const
    expect(told.splice(0)).toEqual([lie])
    const vote = { task: 1n, round: 1, salt: SALT }
    expect(liar.commitmentOf({ ...vote, ballot: BALLOT })).toBe(
      honest.commitmentOf({ ...vote, ballot: lie }),
    )
  })

  it('is nothing for who is silent', async () => {
    await silentChain(honest).contribute(0, DIGEST)
    expect(told).toEqual([])
  })
})
