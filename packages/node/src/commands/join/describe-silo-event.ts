import { STATISTICS_ROUND } from '@fednode/protocol'
import { headlineLine } from '../../framework/headline-metric.ts'
import { progressBar } from '../../runtime/progress-bar.ts'
import { describeLeftOut } from '../../silo/describe-left-out.ts'
import type { SiloEvent } from '../../silo/events.ts'
import { whySkipped } from '../../silo/why-skipped.ts'

const BAR_WIDTH = 20
const WAITING = {
  registration: 'Waiting for the federation to start: registration is open',
  aggregator:
    'Waiting for the aggregator: it cannot be reached, trying again  (fednode doctor says why)',
  round: 'Waiting for the next round',
} as const

const GONE_BACK =
  'the aggregator does not begin with the model of the round before; it was probably restored from an old backup. Tell the federator to start it with its newest directory, or an empty one with --rebuild; this silo waits'

const OTHER_ANCHOR =
  "the chain has another outcome than the aggregator told this silo. Somebody else speaks to it in the aggregator's name, or the aggregator tells silos something else than the chain: ask the federator, and look with  fednode contrib verify"

/** An event in words. `keep`: the line stays; otherwise it is what happens now. */
export function describeSiloEvent(
  event: SiloEvent,
  { name, rounds }: { readonly name: string; readonly rounds: number },
): { readonly keep: boolean; readonly text: string } {
  const round = 'round' in event ? roundName(event.round, rounds) : ''
  switch (event.type) {
    case 'listening':
      return kept(`Listening   ${event.addresses.join(', ')}`)
    case 'registered':
      return kept(`Registered  ${name}, client ${event.index}, token ${event.token}`)
    case 'waiting':
      return event.for === 'aggregator' ? kept(WAITING.aggregator) : current(WAITING[event.for])
    case 'statistics': {
      const what = [...event.columns, ...(event.label ? ['the label'] : [])].join(', ')
      return kept(`Statistics  ${what === '' ? 'none above the floor' : what} (${event.bytes} B)`)
    }
    case 'round-open':
      return current(`${round}   fetching the global model`)
    case 'training': {
      const share = event.done / event.total
      const percent = `${Math.floor(100 * share)} %`.padStart(5)
      return current(
        `${round}   train ${progressBar(share, BAR_WIDTH)} ${percent}   loss ${event.loss.toFixed(3)}`,
      )
    }
    case 'skipped':
      return kept(`${round}   ${whySkipped(event)}`)
    case 'sent':
      if (event.round === STATISTICS_ROUND) return current(`${round} announced`)
      return current(
        `${round}   trained in ${seconds(event.trainMs)}, update announced (${kilobytes(event.bytes)})`,
      )
    case 'receipt':
      return event.accepted
        ? current(`${round}   accepted, waiting for the result`)
        : kept(`${round}   refused: ${event.code ?? 'no reason given'}`)
    case 'round-result':
      return kept(
        `${round}   ${headlineLine(event.metrics)}loss ${event.loss.toFixed(3)}   contribution ${signed(event.shapley)}   share ${(100 * event.share).toFixed(1)} %`,
      )
    case 'not-drawn':
      return current(`${round}   not drawn, waiting for the next round`)
    case 'left-out':
      return kept(`${round}   ${describeLeftOut(event.why)}`)
    case 'gone-back':
      return kept(`${round}   not trained: ${GONE_BACK}`)
    case 'other-anchor':
      return kept(`${round}   NOT WHAT THE CHAIN HAS: ${OTHER_ANCHOR}`)
    case 'finished':
      return kept(
        event.model === undefined ? 'Finished' : `Finished    trained model: ${event.model}`,
      )
  }
}

/** The statistics step is no round to people. */
function roundName(round: number, rounds: number): string {
  return round === STATISTICS_ROUND ? 'Statistics ' : `Round ${round} of ${rounds}`
}

function kept(text: string): { keep: boolean; text: string } {
  return { keep: true, text }
}

function current(text: string): { keep: boolean; text: string } {
  return { keep: false, text }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1000).toLocaleString('en-US')} kB`
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(4)}`
}
