/**
 * `pnpm test:soak [--rounds N] [--silos N]`: plays 200 rounds while silos come and go and prints what every process that stays uses; ends
 * with 1 when memory or open files are not flat after the warm-up.
 */
import process from 'node:process'
import { readOptions, wholeNumber } from '../../scripts/read-options.ts'
import { type Growth, growthOf, isFlat, type Level, type Series } from './series.ts'
import { soak } from './soak.ts'

const MIB = 1_048_576
/** Flat: within a tenth. */
const MAX_GROWTH = 1.1
/** Part of the rounds that is warm-up: compiled code, caches, connections. */
const WARM_UP = 0.25
const SHOWN_POINTS = 10
/** 200 rounds take 10 to 20 minutes on two cores. */
const TIMEOUT_MS = 1_500_000

await main()

async function main(): Promise<void> {
  const values = readOptions('test:soak [--rounds N] [--silos N]', {
    rounds: { type: 'string', default: '200' },
    silos: { type: 'string', default: '8' },
  })
  if (values === undefined) return
  const rounds = wholeNumber('rounds', values.rounds)
  const silos = wholeNumber('silos', values.silos)
  if (rounds !== undefined && silos !== undefined) await play(rounds, silos)
}

async function play(rounds: number, silos: number): Promise<void> {
  const startedAt = performance.now()
  const soaked = await soak({
    rounds,
    silos,
    timeoutMs: TIMEOUT_MS,
    onRound: (round) => {
      if (round % SHOWN_POINTS === 0) process.stderr.write(`round ${round} of ${rounds}\n`)
    },
  })
  const grown = soaked.series.filter((series) => !report(series, rounds)).length
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0)
  process.stdout.write(
    `${soaked.rounds} rounds, ${soaked.voidRounds} void, silos came or went ${soaked.changes} times, ${seconds} s\n`,
  )
  if (grown > 0 || soaked.rounds < rounds || soaked.voidRounds > 0) process.exitCode = 1
}

/** @returns whether it is flat. */
function report(series: Series, rounds: number): boolean {
  const growth = growthOf(series, rounds * WARM_UP)
  const step = Math.max(Math.floor(series.samples.length / SHOWN_POINTS), 1)
  const points = series.samples
    .filter((_, index) => index % step === 0)
    .map(
      ({ round, residentBytes, openFiles }) =>
        `${round}:${(residentBytes / MIB).toFixed(0)}/${openFiles}`,
    )
  const flat = growth !== undefined && isFlat(growth, MAX_GROWTH)
  process.stdout.write(
    `${series.name.padEnd(11)} round:MiB/files  ${points.join('  ')}\n            ${verdictOn(growth)}: ${flat ? 'flat' : 'NOT FLAT'}\n`,
  )
  return flat
}

function verdictOn(growth: Growth | undefined): string {
  if (growth === undefined) return 'too few samples'
  const words = ({ residentBytes, openFiles }: Level): string =>
    `${(residentBytes / MIB).toFixed(1)} MiB and ${openFiles} files`
  const ratio = growth.end.residentBytes / growth.warm.residentBytes
  return `after the warm-up ${words(growth.warm)}, at the end ${words(growth.end)} (memory x ${ratio.toFixed(3)})`
}
