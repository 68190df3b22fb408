import { ONE_TOKEN } from '@fednode/contracts'
import { expect, test } from 'vitest'
import { describeHistories } from '../../../../src/commands/market/history/describe-history.ts'
import type { TokenHistory } from '../../../../src/commands/market/history/token-history.ts'

const TRADES = 25

/** A token that was bought once a minute; every other time somebody else's trade came between. */
function history(silo: string, logIndex: number): TokenHistory {
  const points = Array.from({ length: TRADES }, (_, at) => ({
    block: at,
    logIndex,
    time: 1_700_000_000 + at * 60,
    transaction: '0x00' as const,
    price: ONE_TOKEN + BigInt(at),
    kind: 'swap' as const,
    tokenIn: at % 2 === 0 ? -ONE_TOKEN : 0n,
    currencyIn: 2n * ONE_TOKEN,
  }))
  return { silo, token: '0x00', before: undefined, points }
}

test('the table ends with what happened last, in chain order, and says how much came before', () => {
  const lines = describeHistories([history('b', 1), history('a', 0)]).split('\n')
  // 13 trades of each token; the last 20 are shown.
  expect(lines.at(-1)).toBe('6 earlier ones: --json shows all')
  expect(lines.slice(-3, -1).map((line) => line.split(/ {2,}/).slice(0, 4))).toEqual([
    ['2023-11-14 22:37:20', 'a', 'bought', '1.00'],
    ['2023-11-14 22:37:20', 'b', 'bought', '1.00'],
  ])
  expect(lines.filter((line) => line.includes('bought'))).toHaveLength(20)
})

test('each token has its first, lowest, highest and last price and its own trades counted', () => {
  const [heading, row] = describeHistories([history('a', 0)]).split('\n')
  expect(heading?.split(/ {2,}/)).toEqual([
    ...['silo', 'first', 'lowest', 'highest', 'last', 'change', 'trades'],
  ])
  expect(row).toMatch(/^a +1\.\d+ +1\.\d+ +1\.\d+ +1\.\d+ +0\.0 % +13$/)
})
