import { headlineLine } from '../../framework/headline-metric.ts'
import type { Progress, SiloProgress } from '../progress.ts'

const BAR_CELLS = 20
const GAP = '   '
const STEP_WORDS: Readonly<Record<Progress['step'], string>> = {
  starting: 'starting the processes',
  registering: 'silos register on the chain',
  market: 'waiting for the market',
  paused: 'ready for round 1',
  gathering: 'silos connect to the aggregator',
  training: 'training',
  assessing: 'assessing',
  finished: 'all rounds done',
}

/**
 * The lines of the live view: where the round stands, then one line per silo.
 * @param seconds - since the round opened. @param columns - width of the terminal; longer lines are cut, so that none wraps.
 */
export function progressFrame(
  progress: Progress,
  view: { readonly seconds: number; readonly columns: number },
): readonly string[] {
  const width = Math.max(...progress.silos.map(({ name }) => name.length), 4)
  return [headLine(progress, view), ...progress.silos.map((silo) => siloLine(silo, width))].map(
    (line) => line.slice(0, view.columns),
  )
}

/** `Round 3 of 8`, or what happens before round 1; what does not fit is left out as a whole, for half a number misleads. */
export function headLine(
  progress: Progress,
  view: { readonly seconds: number; readonly columns: number },
): string {
  const words = wordsOf(progress)
  const seconds = `${view.seconds.toFixed(1)} s`
  if (progress.round === 0) return fitting(['Before round 1', words, seconds], view.columns)
  const updates = `${progress.received}/${progress.silos.length} updates`
  const round = `Round ${progress.round} of ${progress.rounds}`
  return fitting([round, words, updates, seconds, ...lastResult(progress)], view.columns)
}

function wordsOf({ step, evaluated }: Progress): string {
  if (step !== 'assessing' || evaluated === 0) return STEP_WORDS[step]
  return `${STEP_WORDS[step]}, ${evaluated.toLocaleString('en-US')} models`
}

function lastResult({ closed }: Progress): readonly string[] {
  const last = closed.at(-1)
  return last === undefined
    ? []
    : [headlineLine(last.metrics).trim(), `loss ${last.loss.toFixed(3)}`]
}

function fitting(parts: readonly string[], columns: number): string {
  const [first = '', ...rest] = parts
  let line = first
  for (const part of rest) {
    if (line.length + GAP.length + part.length > columns) break
    line += GAP + part
  }
  return line
}

function siloLine(silo: SiloProgress, width: number): string {
  const part = silo.total > 0 ? Math.min(silo.done / silo.total, 1) : 0
  const full = Math.round(part * BAR_CELLS)
  const bar = '█'.repeat(full) + '░'.repeat(BAR_CELLS - full)
  const percent = `${Math.round(part * 100)} %`.padStart(5)
  const loss = silo.loss === undefined ? '' : `   loss ${silo.loss.toFixed(3)}`
  const status = silo.code === undefined ? silo.status : `${silo.status}: ${silo.code}`
  return `  ${silo.name.padEnd(width)}  ${bar} ${percent}${loss}   ${status}`
}
