import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { readBlockTime } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { priceHistoryChart } from '../../../report/charts/price-history-chart.ts'
import { createSvgRenderer } from '../../../report/render-chart.ts'
import { readMarket, tokenOf, withReader } from '../market.ts'
import { chartTerminal } from './chart-terminal.ts'
import { describeHistories } from './describe-history.ts'
import { drawHistories } from './draw-history.ts'
import type { historyArguments, historyOptions } from './options.ts'
import { readHistories } from './read-histories.ts'
import { clockText } from './time-text.ts'
import { historySince, type TokenHistory, tradeSide } from './token-history.ts'

/** Tokens of a drawing in the terminal: each has rows of its own. */
const MAX_DRAWN = 8

type Args = ArgsOf<typeof historyArguments> & ArgsOf<typeof historyOptions>
type Options = Args & { readonly svgFile: string | undefined }

/** Histories and the stretch of time that they are of, Unix seconds. */
type Shown = {
  readonly histories: readonly TokenHistory[]
  readonly from: number
  readonly until: number
}

export function init(args: Args, { cwd }: Context): Options {
  const { svg } = args
  return { ...args, svgFile: svg === undefined ? undefined : path.resolve(cwd, svg) }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const { scenario, svgFile } = options
  const shown = await readShown(options, context)
  const { histories, from, until } = shown
  if (svgFile !== undefined) {
    const render = await createSvgRenderer()
    await writeFile(svgFile, render(priceHistoryChart(seriesOf(shown))))
  }
  const silos = histories.map(({ silo, token, points }) => ({ silo, token, points }))
  const svg = svgFile === undefined ? {} : { svg: svgFile }
  const text = options.chart ? drawShown(shown, context) : describeHistories(histories)
  return {
    data: { scenario, from, until, silos, ...svg },
    text: svgFile === undefined ? text : `${text}\n\nChart: ${svgFile}`,
  }
}

function readShown(options: Options, context: Context): Promise<Shown> {
  return withReader(options, async (reader) => {
    const market = await readMarket(reader, options)
    for (const silo of options.silo) tokenOf(market, silo)
    const all = await readHistories(reader, { market, fromBlock: options.fromBlock }, context)
    // After the events: none of them may lie beyond the end of the axis.
    const until = Number(await readBlockTime(reader))
    const chosen = all.filter(
      ({ silo }) => options.silo.length === 0 || options.silo.includes(silo),
    )
    const since = sinceOf(options, until)
    const histories =
      since === undefined ? chosen : chosen.map((history) => historySince(history, since))
    const first = Math.min(...histories.flatMap(({ points }) => points[0]?.time ?? []), until)
    return { histories, from: since ?? first, until }
  })
}

function sinceOf({ since }: Options, until: number): number | undefined {
  if (since === undefined) return undefined
  const time = since.kind === 'at' ? since.time : until - since.seconds
  if (time <= until) return time
  throw new UserError('usage', `--since lies after the chain's head, ${clockText(until)} UTC`, {
    code: 'BAD_OPTION',
  })
}

function seriesOf({ histories, from, until }: Shown) {
  const series = histories.map(({ silo, before, points }) => ({
    name: silo,
    before,
    points: points.map((point) => ({
      time: point.time,
      price: point.price,
      trade: tradeSide(point),
    })),
  }))
  return { series, from, until }
}

function drawShown({ histories, from, until }: Shown, context: Context): string {
  const drawn = histories.slice(0, MAX_DRAWN)
  const drawing = drawHistories(drawn, { ...chartTerminal(context), from, until })
  const left = histories.length - drawn.length
  return left === 0 ? drawing : `${drawing}\n${left} more tokens: choose with  --silo NAME`
}
