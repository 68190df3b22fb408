import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createEngine } from '../packages/engine/src/index.ts'
import { createSvgRenderer } from '../packages/node/src/report/render-chart.ts'
import type { BenchRow } from './rows.ts'
import { measureStudy } from './volatility/measure-study.ts'
import { rowsOfStudy } from './volatility/rows-of-study.ts'
import { volatilityChart } from './volatility/volatility-chart.ts'

/**
 * How much a silo's pay depends on the aggregation strategy (after Geimer, Fiz & State 2024, arXiv 2405.08044): eight strategies and seven
 * estimators on the same digits, split by Dirichlet(0.5) and alike. Draws the shares to `svg`, or to a file in the temporary directory.
 */
export async function run({ svg }: { readonly svg?: string }): Promise<readonly BenchRow[]> {
  const engine = await createEngine({ backend: 'wasm' })
  const study = await measureStudy(engine, (line) => console.error(`volatility: ${line}`))
  const file = path.resolve(svg ?? path.join(tmpdir(), 'fednode-volatility.svg'))
  const render = await createSvgRenderer()
  await writeFile(file, render(volatilityChart(study)))
  console.error(`volatility: ${file}`)
  return rowsOfStudy(study)
}
