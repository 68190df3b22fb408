import type { RoundValue, SiloValues } from '../../../contribution/silo-values.ts'
import { totalOf } from '../../../contribution/total-of.ts'
import { payCells, valueCell } from './value-cells.ts'

/** Signs of a drawing. */
type Marks = {
  readonly axis: string
  readonly above: string
  readonly below: string
  /** Ends and middle of an error bar. */
  readonly error: readonly [left: string, middle: string, right: string]
  /** Where an error bar crosses the axis: the sign of the value is not sure. */
  readonly cross: string
}
const UNICODE_MARKS: Marks = {
  axis: '│',
  above: '█',
  below: '▒',
  error: ['├', '─', '┤'],
  cross: '┼',
}
const ASCII_MARKS: Marks = { axis: '|', above: '#', below: 'o', error: ['[', '-', ']'], cross: '+' }
/** Beside labels and numbers there must be room for the bars themselves. */
const MIN_BAR_COLUMNS = 16
/** Rounds of a drawing: the last ones. */
const MAX_ROUNDS = 40

/** What the drawing has room for. */
type Terminal = { readonly columns: number; readonly unicode: boolean }
/** Where values lie: columns of the lowest and the highest end of a bar or its error. */
type Scale = { readonly low: number; readonly high: number; readonly columns: number }

/** One bar per round and silo, to the left of the axis where the model got worse; all silos on one scale. */
export function drawValues(silos: readonly SiloValues[], terminal: Terminal): string {
  const rounds = silos.flatMap((silo) => silo.rounds.slice(-MAX_ROUNDS))
  const marks = terminal.unicode ? UNICODE_MARKS : ASCII_MARKS
  const labels = Math.max(...rounds.map(({ round }) => String(round).length), 1)
  const numbers = Math.max(...rounds.map((round) => valueCell(round).length), 1)
  const columns = Math.max(MIN_BAR_COLUMNS, terminal.columns - labels - numbers - 2)
  const scale = scaleOf(rounds, columns)
  const panels = silos.map((silo) =>
    [
      titleOf(silo),
      ...earlierLine(silo),
      ...silo.rounds.slice(-MAX_ROUNDS).map((round) => {
        const label = String(round.round).padStart(labels)
        return `${label} ${barOf(round, scale, marks)} ${valueCell(round)}`
      }),
    ].join('\n'),
  )
  return [...panels, legend(rounds, marks)].join('\n\n')
}

function earlierLine({ rounds }: SiloValues): readonly string[] {
  const earlier = rounds.length - MAX_ROUNDS
  return earlier > 0 ? [`${earlier} earlier rounds: --json has all`] : []
}

function titleOf({ silo, rounds }: SiloValues): string {
  const total = totalOf(rounds)
  const [share = ''] = payCells(total)
  return `${silo}  ${valueCell(total)} in all, ${share} of the pots`
}

function scaleOf(rounds: readonly RoundValue[], columns: number): Scale {
  const ends = rounds.flatMap(({ value, standardError }) =>
    value === null ? [] : [value - standardError, value + standardError],
  )
  const low = Math.min(0, ...ends)
  const high = Math.max(0, ...ends)
  return { low, high: high === low ? low + 1 : high, columns }
}

function barOf({ value, standardError }: RoundValue, scale: Scale, marks: Marks): string {
  const cells = new Array<string>(scale.columns).fill(' ')
  const zero = columnOf(0, scale)
  if (value !== null) {
    const end = columnOf(value, scale)
    cells.fill(value < 0 ? marks.below : marks.above, Math.min(zero, end), Math.max(zero, end) + 1)
    cells[zero] = marks.axis
    drawError(cells, { value, standardError }, { scale, marks })
  }
  if (cells[zero] === ' ') cells[zero] = marks.axis
  return cells.join('')
}

/** An error smaller than a column is only told in numbers. */
function drawError(
  cells: string[],
  { value, standardError }: { readonly value: number; readonly standardError: number },
  { scale, marks }: { readonly scale: Scale; readonly marks: Marks },
): void {
  const left = columnOf(value - standardError, scale)
  const right = columnOf(value + standardError, scale)
  if (left === right) return
  const [first, middle, last] = marks.error
  const zero = columnOf(0, scale)
  cells.fill(middle, left, right)
  if (left < zero && zero < right) cells[zero] = marks.cross
  cells[left] = first
  cells[right] = last
}

function columnOf(value: number, { low, high, columns }: Scale): number {
  return Math.round(((value - low) / (high - low)) * (columns - 1))
}

function legend(rounds: readonly RoundValue[], { above, below, error }: Marks): string {
  const isEstimated = rounds.some(({ standardError }) => standardError > 0)
  const errors = isEstimated ? `${error.join('')} one standard error` : 'exact'
  return `${above} the model got better, ${below} worse; ${errors}; a row per round`
}
