import { ONE_TOKEN } from '@fednode/contracts'
import { expect, test } from 'vitest'
import { priceHistoryChart } from '../../../../src/report/charts/price-history-chart.ts'
import { createSvgRenderer } from '../../../../src/report/render-chart.ts'

const HISTORY = {
  from: 1_700_000_000,
  until: 1_700_003_600,
  series: [
    {
      name: 'hospital-a',
      before: ONE_TOKEN,
      points: [
        { time: 1_700_000_900, price: 2n * ONE_TOKEN, trade: 'buy' as const },
        { time: 1_700_001_800, price: ONE_TOKEN, trade: 'sell' as const },
        { time: 1_700_002_000, price: ONE_TOKEN / 2n, trade: undefined },
      ],
    },
    { name: 'clinic-b', before: undefined, points: [] },
  ],
}

test('a line begins with the price in force, holds each price until the next, and ends now', () => {
  const { series } = priceHistoryChart(HISTORY).option
  expect(series).toMatchObject([
    {
      name: 'hospital-a',
      step: 'end',
      data: [
        [1_700_000_000_000, 1],
        [1_700_000_900_000, 2],
        [1_700_001_800_000, 1],
        [1_700_002_000_000, 0.5],
        [1_700_003_600_000, 0.5],
      ],
      markPoint: { data: [{ symbolRotate: 0 }, { symbolRotate: 180 }] },
    },
    { name: 'clinic-b', data: [] },
  ])
})

test('T24: the SVG stands alone: no script, no reference to anything outside', async () => {
  const evil = '</text><script>alert(1)</script>'
  const series = HISTORY.series.map((one) => ({ ...one, name: evil }))
  const svg = (await createSvgRenderer())(priceHistoryChart({ ...HISTORY, series }))
  expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/)
  expect(svg).not.toContain('<script')
  expect(svg).not.toMatch(/(href|src)="(?!#)/)
  expect(svg).toContain('alert(1)')
})
