import { ONE_TOKEN, type TokenPrice } from '@fednode/contracts'
import { expect, test } from 'vitest'
import { chartTerminal } from '../../../../src/commands/market/history/chart-terminal.ts'
import { drawHistories } from '../../../../src/commands/market/history/draw-history.ts'
import { priceScale } from '../../../../src/commands/market/history/price-scale.ts'
import {
  historySince,
  type TokenHistory,
  tradeSide,
} from '../../../../src/commands/market/history/token-history.ts'

const START = 1_700_000_000

function point(minute: number, price: bigint, more: Partial<TokenPrice> = {}): TokenPrice {
  const time = START + minute * 60
  return {
    block: minute,
    logIndex: 0,
    time,
    transaction: '0x00',
    price,
    kind: 'swap',
    tokenIn: 0n,
    currencyIn: 0n,
    ...more,
  }
}

function history(points: readonly TokenPrice[], before?: bigint): TokenHistory {
  return { silo: 'hospital-a', token: '0x00', before, points }
}

const CANVAS = { columns: 60, unicode: false, from: START, until: START + 3_600 }
const TRADED = history([
  point(0, ONE_TOKEN, { kind: 'open', tokenIn: 5n }),
  point(15, 2n * ONE_TOKEN, { tokenIn: -3n, currencyIn: 4n }),
  point(30, ONE_TOKEN, { tokenIn: 3n, currencyIn: -4n }),
  point(45, (3n * ONE_TOKEN) / 2n, { currencyIn: 4n }),
])

test('labels, line, trades and time stand where they belong, in ASCII', () => {
  expect(drawHistories([TRADED], CANVAS).split('\n')).toEqual([
    'hospital-a  1.5000 CUR  +50.0 %',
    "2.0000 |             :'''''''''''':",
    '       |             :            :',
    "       |             :            :            :''''''''''''",
    '       |             :            :            :',
    '1.0000 |.............:            :............:',
    '                     ^            v',
    '',
    '       +----------------------------------------------------',
    '       22:13:20                                     23:13:20',
    '^ bought  v sold  x both; prices in CUR, times in UTC',
  ])
})

test.each([40, 80, 160])('no line is wider than the %i columns of the terminal', (columns) => {
  for (const unicode of [true, false]) {
    const drawn = drawHistories([TRADED, history([], ONE_TOKEN)], { ...CANVAS, columns, unicode })
    for (const line of drawn.split('\n').slice(0, -1)) {
      expect(line.length).toBeLessThanOrEqual(columns)
    }
  }
})

test('a terminal without Unicode is given ASCII only', () => {
  expect(drawHistories([TRADED], CANVAS)).toMatch(/^[\x20-\x7e\n]+$/)
  expect(drawHistories([TRADED], { ...CANVAS, unicode: true })).toMatch(/[▲▼]/)
})

test('a purchase and a sale in one column get the mark of both', () => {
  const both = history([point(10, 2n, { tokenIn: -1n }), point(10, 1n, { tokenIn: 1n })], 1n)
  const marks = drawHistories([both], CANVAS).split('\n')[6]
  expect(marks?.trim()).toBe('x')
})

test('a span of more than a day has dates on its axis', () => {
  const drawn = drawHistories([TRADED], { ...CANVAS, until: START + 200_000 })
  expect(drawn).toContain('2023-11-14 22:13:20')
  expect(drawn).toContain('2023-11-17 05:46:40')
})

test('prices have as many decimals as tell them apart', () => {
  const of = (...prices: bigint[]) =>
    priceScale(history(prices.map((price, at) => point(at, price))))
  expect(of(ONE_TOKEN, 2n * ONE_TOKEN)).toMatchObject({ decimals: 4 })
  expect(of(ONE_TOKEN, ONE_TOKEN + 10n ** 10n)).toMatchObject({ decimals: 8 })
  expect(of(ONE_TOKEN / 30n)).toMatchObject({ decimals: 5 })
  expect(of(3n)).toMatchObject({ low: 3n, high: 3n, decimals: 12 })
})

test('from a moment on, the price in force then comes first', () => {
  const later = historySince(TRADED, START + 20 * 60)
  expect(later.before).toBe(2n * ONE_TOKEN)
  expect(later.points.map(({ block }) => block)).toEqual([30, 45])
  expect(historySince(TRADED, START)).toMatchObject({ before: undefined, points: TRADED.points })
  const [title = '', first = ''] = drawHistories([later], CANVAS).split('\n')
  // 2.0 to 1.5.
  expect(title).toContain('-25.0 %')
  expect(first).toMatch(/^2\.0000 \|'/)
})

test('only what the pool gave or took of the token itself is a trade', () => {
  expect(TRADED.points.map(tradeSide)).toEqual([undefined, 'buy', 'sell', undefined])
  expect(tradeSide(point(0, 1n, { kind: 'exit', tokenIn: -1n }))).toBe(undefined)
})

test.each([
  [{ LANG: 'C.UTF-8' }, true],
  [{ LANG: 'de_DE.utf8' }, true],
  [{ LC_ALL: 'C', LANG: 'C.UTF-8' }, false],
  [{ LC_ALL: '', LC_CTYPE: 'en_US.UTF-8' }, true],
  [{ LANG: 'C.UTF-8', TERM: 'dumb' }, false],
  [{}, false],
])('with %j Unicode is %s', (env, unicode) => {
  expect(chartTerminal({ env }).unicode).toBe(unicode)
})

test('a chart is 80 columns wide where nobody says otherwise, and never absurdly wide', () => {
  expect(chartTerminal({ env: {} }).columns).toBe(80)
  expect(chartTerminal({ env: {}, columns: 100 }).columns).toBe(100)
  expect(chartTerminal({ env: {}, columns: 1_000 }).columns).toBe(160)
  expect(chartTerminal({ env: {}, columns: 3 }).columns).toBe(40)
})
