import { ONE_TOKEN } from '@fednode/contracts'
import { describe, expect, it } from 'vitest'
import { missingStake } from '../../../../src/commands/join/missing-stake.ts'

const account = { address: '0x00000000000000000000000000000000000000aa' } as const
const LEAST = 3_000n * ONE_TOKEN
const missing = (own: bigint, given?: string) =>
  missingStake({ account, own: own * ONE_TOKEN, least: LEAST, given, venue: 'task' })

describe('what has to be staked', () => {
  it('is what was typed where it makes up for what is missing, and nothing otherwise', () => {
    expect(missing(3_000n, '500')).toBe(0n)
    expect(missing(2_999n, '1')).toBe(ONE_TOKEN)
    expect(missing(0n, '4000.5')).toBe(4_000n * ONE_TOKEN + ONE_TOKEN / 2n)
  })

  it('is refused before anything is staked where it is too little, with all numbers', () => {
    const refused = (says: string) =>
      expect.objectContaining({
        info: expect.objectContaining({ code: 'STAKE_TOO_LOW' }),
        message: says,
      })
    expect(() => missing(10n)).toThrow(
      refused(
        `account ${account.address} has 10 FDN at stake in this task; whoever joins needs 3000`,
      ),
    )
    expect(() => missing(10n, '2989.999')).toThrow(
      refused(
        `account ${account.address} has 10 FDN at stake in this task, 2989.999 more with --stake; whoever joins needs 3000`,
      ),
    )
  })
})
