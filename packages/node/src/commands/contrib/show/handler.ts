import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { UserError } from '@fednode/protocol'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { CHART_FILE_HEADING, chartFile } from '../../../report/charts/chart-file.ts'
import { contributionChart } from '../../../report/charts/contribution-chart.ts'
import { createSvgRenderer } from '../../../report/render-chart.ts'
import { chartTerminal } from '../../market/history/chart-terminal.ts'
import { type RoundsOptions, roundsInit } from '../../run/rounds.ts'
import { contribDocument } from './contrib-document.ts'
import { describeShown } from './describe-shown.ts'
import { drawValues } from './draw-values.ts'
import { lookBack } from './look-back.ts'
import type { contribShowOptions } from './options.ts'
import { readShown } from './read-shown.ts'
import type { Shown } from './shown.ts'

/** Silos of a drawing in the terminal: each has a row per round. */
const MAX_DRAWN = 8

type Args = ArgsOf<typeof contribShowOptions>
type Options = RoundsOptions &
  Pick<Args, 'silo' | 'chart' | 'values'> & { readonly svgFile?: string }

export function init(args: Args, context: Context): Options {
  const { silo, chart, svg, values } = args
  if (values !== 'paid' && (chart || svg !== undefined)) throw notDrawn(values)
  const svgFile = svg === undefined ? {} : { svgFile: path.resolve(context.cwd, svg) }
  return { ...roundsInit(args, context), silo, chart, values, ...svgFile }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const { svgFile, values } = options
  const shown = readShown(options, options.silo)
  if (values !== 'paid') {
    const { data, text } = await lookBack(shown, values)
    return { data, text: `Scenario ${shown.scenario}\n\n${text}` }
  }
  if (svgFile !== undefined) await writeChart(svgFile, shown)
  const text = options.chart ? draw(shown, context) : describeShown(shown, options)
  const lines = [`Scenario ${shown.scenario}`, '', text]
  if (svgFile !== undefined) lines.push('', `Chart: ${svgFile}`)
  const svg = svgFile === undefined ? {} : { svg: svgFile }
  return { data: { ...contribDocument(shown), ...svg }, text: lines.join('\n') }
}

function notDrawn(values: string): UserError {
  return new UserError('usage', `--values ${values} has no drawing`, {
    code: 'BAD_OPTION',
    hint: 'Leave out --chart and --svg; they draw the values that were paid by.',
  })
}

function draw({ silos }: Shown, context: Context): string {
  const drawn = silos.slice(0, MAX_DRAWN)
  if (drawn.every(({ rounds }) => rounds.length === 0)) return 'no round is over yet'
  const drawing = drawValues(drawn, chartTerminal(context))
  const left = silos.length - drawn.length
  return left === 0 ? drawing : `${drawing}\n${left} more silos: choose with  --silo NAME`
}

async function writeChart(file: string, { silos }: Shown): Promise<void> {
  const render = await createSvgRenderer()
  const chart = contributionChart({ silos, utility: 'utility', top: CHART_FILE_HEADING })
  await writeFile(file, render(chartFile(chart)))
}
