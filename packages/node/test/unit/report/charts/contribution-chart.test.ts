import { expect, test } from 'vitest'
import { CHART_FILE_HEADING, chartFile } from '../../../../src/report/charts/chart-file.ts'
import { contributionChart } from '../../../../src/report/charts/contribution-chart.ts'
import { createSvgRenderer } from '../../../../src/report/render-chart.ts'

const ESTIMATED = {
  silo: 'hospital-a',
  rounds: [
    { round: 1, value: 0.2, standardError: 0.04 },
    { round: 2, value: -0.1, standardError: 0.03 },
    { round: 3, value: null, standardError: 0 },
  ],
}
const EXACT = {
  silo: 'clinic-b',
  rounds: [1, 2, 3].map((round) => ({ round, value: 0.1, standardError: 0 })),
}

test('each silo has its bars, and error bars where its values were estimated', () => {
  const chart = contributionChart({ silos: [ESTIMATED, EXACT], utility: 'accuracy' })
  expect(chart.option.series).toMatchObject([
    { type: 'bar', name: 'hospital-a', data: [0.2, -0.1, 0] },
    {
      type: 'custom',
      data: [
        [0, 0.16, 0.24],
        [1, -0.13, -0.07],
      ],
    },
    { type: 'bar', name: 'clinic-b', data: [0.1, 0.1, 0.1] },
    { type: 'custom', data: [] },
  ])
  expect(chart.option.title).toMatchObject([
    { subtext: 'in all +0.100 ± 0.050' },
    { subtext: 'in all +0.300' },
  ])
  expect(chart.description).toContain('error bars are one standard error')
})

test('the axis of every panel has room for the ends of all error bars', () => {
  const { yAxis } = contributionChart({ silos: [ESTIMATED, EXACT], utility: 'accuracy' }).option
  expect(yAxis).toMatchObject([
    { min: expect.closeTo(-0.15), max: expect.closeTo(0.25) },
    { min: expect.closeTo(-0.15), max: expect.closeTo(0.25) },
  ])
})

test('values without any error are called exact, and nothing at all is no crash', () => {
  expect(contributionChart({ silos: [EXACT], utility: 'AUC' }).description).toContain('exact')
  expect(contributionChart({ silos: [], utility: 'AUC' }).height).toBeGreaterThan(0)
})

test('T24: the file stands alone: title in the picture, names as text, nothing from outside', async () => {
  const evil = { ...ESTIMATED, silo: '</text><script>alert(1)</script>' }
  const chart = contributionChart({ silos: [evil], utility: 'utility', top: CHART_FILE_HEADING })
  const svg = (await createSvgRenderer())(chartFile(chart))
  expect(svg).toContain('Contribution of each silo in each round')
  expect(svg).not.toContain('<script')
  expect(svg).not.toMatch(/(href|src)="(?!#)/)
})
