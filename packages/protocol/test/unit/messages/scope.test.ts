import { describe, expect, it } from 'vitest'
import { CLOCK_SKEW_MS, MESSAGE_LIFETIME_MS } from '../../../src/limits.ts'
import { checkScope } from '../../../src/messages/scope.ts'
import { NOW, ROUND_OPEN, SCOPE } from '../sample-messages.ts'

const here = { chainId: SCOPE.chainId, scenario: SCOPE.scenario, now: NOW, term: 1 }
const MINUTE_MS = 60_000

describe('the scope of a message', () => {
  it('is accepted here and now, also when the Scenario is written in mixed case', () => {
    expect(checkScope(ROUND_OPEN, here)).toEqual({ action: 'accept' })
    const message = {
      ...ROUND_OPEN,
      scenario: '0xabcdefabcdefabcdefabcdefabcdefabcdefabcd',
    } as const
    const scenario = '0xABCDEFabcdefabcdefabcdefabcdefabcdefabcd' as const
    expect(checkScope(message, { ...here, scenario })).toEqual({ action: 'accept' })
  })

  it('T3 is rejected on another chain and in another Scenario', () => {
    expect(checkScope(ROUND_OPEN, { ...here, chainId: 1 })).toEqual({
      action: 'reject',
      code: 'SCOPE_WRONG_CHAIN',
    })
    const scenario = `0x${'2'.repeat(40)}` as const
    expect(checkScope(ROUND_OPEN, { ...here, scenario })).toEqual({
      action: 'reject',
      code: 'SCOPE_WRONG_SCENARIO',
    })
  })

  it('T3 is ignored in an older term and accepted in a newer one', () => {
    expect(checkScope(ROUND_OPEN, { ...here, term: 2 })).toEqual({
      action: 'ignore',
      code: 'SCOPE_OLD_TERM',
    })
    expect(checkScope({ ...ROUND_OPEN, term: 2 }, here)).toEqual({ action: 'accept' })
  })

  it('T3 T14 ends when the lifetime and the clock skew are over', () => {
    const last = NOW + MESSAGE_LIFETIME_MS + CLOCK_SKEW_MS
    expect(checkScope(ROUND_OPEN, { ...here, now: last })).toEqual({ action: 'accept' })
    expect(checkScope(ROUND_OPEN, { ...here, now: last + 1 })).toEqual({
      action: 'ignore',
      code: 'SCOPE_EXPIRED',
    })
  })

  it('T14 bears a sender whose clock is 30 s ahead, not 10 minutes', () => {
    const early = (skewMs: number) => checkScope(ROUND_OPEN, { ...here, now: NOW - skewMs })
    expect(early(CLOCK_SKEW_MS)).toEqual({ action: 'accept' })
    expect(early(CLOCK_SKEW_MS + 1)).toEqual({ action: 'ignore', code: 'SCOPE_FROM_FUTURE' })
    expect(early(10 * MINUTE_MS)).toEqual({ action: 'ignore', code: 'SCOPE_FROM_FUTURE' })
  })
})
