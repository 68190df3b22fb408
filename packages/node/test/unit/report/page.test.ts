import type { SiloName } from '@fednode/protocol'
import { beforeAll, describe, expect, it } from 'vitest'
import { reportPage } from '../../../src/report/page.ts'
import { type ChartRenderer, createChartRenderer } from '../../../src/report/render-chart.ts'
import { exampleResult } from '../../fixtures/up-result.ts'

const PLAN = [{ label: 'Task', text: 'read digits' }]
// Everything that makes a browser fetch or run something.
const ACTIVE =
  /<(script|link|iframe|object|embed|img|form|base|meta http-equiv="refresh")|\son\w+\s*=|url\(|@import|href\s*=|\ssrc\s*=/i

describe('reportPage', () => {
  let draw: ChartRenderer

  beforeAll(async () => {
    draw = await createChartRenderer()
  })

  it('needs nothing from anywhere else and runs nothing (T24)', () => {
    const page = reportPage(exampleResult(), PLAN, draw)
    // Patterns and clips refer to their own document: url(#…) and href="#…".
    expect(page.replaceAll(/url\(#|href="#/g, '')).not.toMatch(ACTIVE)
    const links = [...page.matchAll(/https?:\/\/[^"' <]+/g)].map(([link]) => link)
    expect(new Set(links)).toEqual(
      new Set(['http://www.w3.org/2000/svg', 'http://www.w3.org/1999/xlink']),
    )
    expect(page).toContain('default-src &#39;none&#39;')
  })

  it('puts a table beneath every chart', () => {
    const page = reportPage(exampleResult(), PLAN, draw)
    const parts = page.split('<figure').slice(1)
    expect(parts).toHaveLength(5)
    for (const part of parts) expect(part).toContain('<table>')
  })

  it('shows hostile names and texts as text (T24)', () => {
    const evil = '<img src=x onerror=alert(1)>'
    const result = exampleResult()
    const page = reportPage(
      {
        ...result,
        manifest: { ...result.manifest, name: evil, description: evil },
        silos: result.silos.map((silo) => ({ ...silo, name: evil as SiloName })),
        prices: result.prices.map((point) => ({ ...point, label: evil })),
        receipts: result.receipts.map((receipt) => ({ ...receipt, what: evil })),
      },
      [{ label: evil, text: evil }],
      draw,
    )
    expect(page).not.toContain('<img')
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
  })

  it('draws the reward streams over time and tells what everybody came out with', () => {
    const page = reportPage(exampleResult(), PLAN, draw)
    expect(page).toContain('<strong>Reward streams</strong>')
    // Eight rounds that start 5 s apart, and the end of the last stream.
    for (const second of [0, 5, 35, 95]) expect(page).toContain(`<td class="text">${second}</td>`)
    expect(page).toMatch(/still holds 50 % of the pool, worth<\/td><td class="number">\+50,010\.00/)
    expect(page).toMatch(/in all<\/td><td class="number">\+80\.00/)
  })

  it('leaves the market out where there is none', () => {
    const { investor: _investor, provider: _provider, ...rest } = exampleResult()
    const page = reportPage({ ...rest, prices: [], trades: [] }, PLAN, draw)
    expect(page).not.toContain('Price per token')
    expect(page).not.toContain('liquidity provider</td>')
    expect(page).not.toContain('>price at open</th>')
    expect(page).not.toContain('>raised CUR</th>')
    expect(reportPage(exampleResult(), PLAN, draw)).toContain('>price at open</th>')
  })

  it('writes metrics as people do', () => {
    const result = exampleResult()
    const rounds = result.rounds.map((record) => ({ ...record, metrics: { rmse: 2.5, mae: 1.5 } }))
    const page = reportPage({ ...result, rounds }, PLAN, draw)
    expect(page).toContain('<dt>RMSE on held-out rows</dt><dd>2.500')
    expect(page).toContain('<strong>RMSE and loss</strong>')
    expect(page).toMatch(/>RMSE<\/th>.*>MAE<\/th>/)
    const plain = reportPage(exampleResult(), PLAN, draw)
    expect(plain).toContain('<dt>Accuracy on held-out rows</dt>')
    expect(plain).toContain('<strong>Accuracy and loss</strong>')
  })

  it('shows a standard error where values are estimates', () => {
    const result = exampleResult(1)
    const [first] = result.rounds
    if (first === undefined) expect.unreachable()
    const contributions = first.contributions.map((own) => ({ ...own, standardError: 0.0123 }))
    const page = reportPage({ ...result, rounds: [{ ...first, contributions }] }, PLAN, draw)
    expect(page).toContain('± 0.0123')
    expect(page).toContain('Contribution is the exact sum')
    const silos = result.silos.map((silo) => ({ ...silo, standardError: 0.0456 }))
    const estimated = reportPage({ ...result, silos }, PLAN, draw)
    expect(estimated).toContain('Contribution is the estimated sum')
    expect(estimated).toContain('± 0.0456')
  })

  it('says how the others would have done without each silo, and what was found, as text (T24)', () => {
    const result = exampleResult(1)
    const [first] = result.rounds
    if (first === undefined) expect.unreachable()
    const contributions = first.contributions.map((own) => ({ ...own, utilityWithout: 0.4321 }))
    const [silo, other] = ['silo-b', '<img src=x>'] as SiloName[] as [SiloName, SiloName]
    const findings = [{ code: 'COPY', silo, with: other, measurePico: 0 } as const]
    const record = { ...first, contributions, findings }
    const page = reportPage({ ...result, rounds: [record] }, PLAN, draw)
    expect(page).toContain('>without silo-e</th>')
    expect(page).toContain('>0.4321</td>')
    expect(page).toContain('<li>Round 1: silo-b and &lt;img src=x&gt; sent the same.</li>')
    const plain = reportPage(result, PLAN, draw)
    expect(plain).not.toContain('>without silo-e</th>')
    expect(plain).not.toContain('Found in the updates')
  })

  it('draws the same page for the same result', () => {
    const once = reportPage(exampleResult(), PLAN, draw)
    expect(withoutCounters(reportPage(exampleResult(), PLAN, draw))).toBe(withoutCounters(once))
  })
})

// ECharts numbers its patterns and classes over the life of the process.
function withoutCounters(page: string): string {
  return page.replaceAll(/zr\d+-[a-z0-9-]+/g, 'zr')
}
