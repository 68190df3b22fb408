import type { SiloValues } from '../../../contribution/silo-values.ts'
import { totalOf } from '../../../contribution/total-of.ts'
import { trendOf } from '../../../contribution/trend-of.ts'
import { textTable } from '../../../framework/text-table.ts'
import { payCells, utilityCell, valueCell, valueHeading } from './value-cells.ts'

const COLUMNS = 80
const GAP = 2
const NOTHING = { value: null, standardError: 0 }

/** All silos in one line each, then their values in the last rounds: as many as 80 columns have room for. */
export function describeSilos(silos: readonly SiloValues[]): string {
  const rounds = silos[0]?.rounds ?? []
  if (rounds.length === 0) return 'no round is over yet'
  const last = rounds.at(-1)
  return [
    summary(silos),
    '',
    lastRounds(silos),
    '',
    `without it: utility in round ${last?.round} of the others' model; with all: ${utilityCell(last?.utilityAfter)}`,
    'value: change of the utility, summed; below zero is paid 0',
    'reward: of what the plan brings; what earlier rounds left comes on top',
    'trend: of the share, the last rounds against those before',
    'one silo in detail:  --silo NAME',
  ].join('\n')
}

function summary(silos: readonly SiloValues[]): string {
  const totals = silos.map(({ rounds }) => totalOf(rounds))
  return textTable(
    ['silo', valueHeading(totals), 'share', 'reward CUR', 'without it', 'trend'],
    silos.map(({ silo, rounds }, index) => {
      const total = totals[index] ?? totalOf(rounds)
      return [
        silo,
        valueCell(total),
        ...payCells(total),
        utilityCell(rounds.at(-1)?.utilityWithout),
        trendOf(rounds)?.direction ?? '-',
      ]
    }),
    { textColumns: [0, 5] },
  )
}

function lastRounds(silos: readonly SiloValues[]): string {
  const columns = (silos[0]?.rounds ?? []).map(({ round }, index) => {
    const cells = silos.map(({ rounds }) => valueCell(rounds[index] ?? NOTHING))
    const heading = `round ${round}`
    return { heading, cells, width: Math.max(heading.length, ...cells.map(({ length }) => length)) }
  })
  const names = Math.max(...silos.map(({ silo }) => silo.length), 'silo'.length)
  const drawn = columns.slice(-fitting(columns, COLUMNS - names))
  return textTable(
    ['silo', ...drawn.map(({ heading }) => heading)],
    silos.map(({ silo }, row) => [silo, ...drawn.map(({ cells }) => cells[row] ?? '-')]),
    { textColumns: [0] },
  )
}

/** How many columns at the end fit; at least one, however wide it is. */
function fitting(columns: readonly { readonly width: number }[], room: number): number {
  let used = 0
  const excess = columns.findLastIndex(({ width }) => {
    used += width + GAP
    return used > room
  })
  return Math.max(1, columns.length - 1 - excess)
}
