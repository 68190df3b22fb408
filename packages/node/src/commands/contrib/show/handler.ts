import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { UserError } from '@fednode/protocol'
import type { SiloValues } from '../../../contribution/silo-values.ts'
import { valuesOfRecords } from '../../../contribution/values-of-records.ts'
import { valuesOfSiloRounds } from '../../../contribution/values-of-silo-rounds.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { CHART_FILE_HEADING, chartFile } from '../../../report/charts/chart-file.ts'
import { contributionChart } from '../../../report/charts/contribution-chart.ts'
import { createSvgRenderer } from '../../../report/render-chart.ts'
import { chartTerminal } from '../../market/history/chart-terminal.ts'
import { type RoundsOptions, roundsInit, selectRounds } from '../../run/rounds.ts'
import { contribDocument } from './contrib-document.ts'
import { describeRound } from './describe-round.ts'
import { describeSilo } from './describe-silo.ts'
import { describeSilos } from './describe-silos.ts'
import { drawValues } from './draw-values.ts'
import type { contribShowOptions } from './options.ts'
import type { Shown } from './shown.ts'

/** Silos of a drawing in the terminal: each has a row per round. */
const MAX_DRAWN = 8
/** How a silo's own directory calls it. */
const OWN = 'this silo'

type Args = ArgsOf<typeof contribShowOptions>
type Options = RoundsOptions & Pick<Args, 'silo' | 'chart'> & { readonly svgFile?: string }

export function init(args: Args, context: Context): Options {
  const { silo, chart, svg } = args
  const svgFile = svg === undefined ? {} : { svgFile: path.resolve(context.cwd, svg) }
  return { ...roundsInit(args, context), silo, chart, ...svgFile }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const { svgFile } = options
  const shown = readShown(options)
  if (svgFile !== undefined) await writeChart(svgFile, shown)
  const text = options.chart ? draw(shown, context) : describe(shown, options)
  const lines = [`Scenario ${shown.scenario}`, '', text]
  if (svgFile !== undefined) lines.push('', `Chart: ${svgFile}`)
  const svg = svgFile === undefined ? {} : { svg: svgFile }
  return { data: { ...contribDocument(shown), ...svg }, text: lines.join('\n') }
}

function readShown(options: Options): Shown {
  const selected = selectRounds(options)
  const { scenario } = selected.kept
  if (selected.role === 'silo') {
    if (options.silo.length > 0) throw otherSilo()
    const rounds = valuesOfSiloRounds(selected.rounds)
    return { scenario, role: 'silo', silos: [{ silo: OWN, rounds }], records: [] }
  }
  const all = valuesOfRecords(selected.rounds)
  return { scenario, role: 'aggregator', silos: pick(all, options), records: selected.rounds }
}

function pick(silos: readonly SiloValues[], { silo: names }: Options): readonly SiloValues[] {
  const unknown = names.find((name) => !silos.some(({ silo }) => silo === name))
  if (unknown !== undefined) {
    throw new UserError('usage', `--silo ${unknown}: no such silo was in a round`, {
      code: 'UNKNOWN_SILO',
      hint: `There are: ${silos.map(({ silo }) => silo).join(', ')}`,
    })
  }
  return names.length === 0
    ? silos
    : silos.filter(({ silo }) => names.some((name) => name === silo))
}

function otherSilo(): UserError {
  return new UserError('usage', '--silo: a silo is told its own values only', {
    code: 'BAD_OPTION',
    hint: 'Leave it out, or give the --dir of the aggregator.',
  })
}

function describe({ role, silos, records }: Shown, { round, silo }: Options): string {
  const [record] = records
  if (round !== undefined && record !== undefined) return describeRound(silos, record)
  if (role === 'aggregator' && silo.length === 0) return describeSilos(silos)
  return silos
    .map(({ silo: name, rounds }) => `${role === 'silo' ? '' : `${name}\n`}${describeSilo(rounds)}`)
    .join('\n\n')
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
