import type { Writer } from '../../framework/context.ts'
import { headlineLine } from '../../framework/headline-metric.ts'
import type { ClosedRound, Progress } from '../progress.ts'
import { factLine, type RunView } from './run-view.ts'

/** A view that only ever adds lines; for files, pipes and continuous integration. */
export function createPlainView(stream: Writer): RunView {
  const shown = { rounds: 0 }
  const line = (text: string): void => {
    stream.write(`${text}\n`)
  }
  return {
    line,
    fact: (label, text) => line(factLine(label, text)),
    show: (progress: Progress) => {
      for (const round of progress.closed.slice(shown.rounds))
        line(roundLine(round, progress.rounds))
      shown.rounds = progress.closed.length
    },
    close: () => {},
  }
}

function roundLine(record: ClosedRound, rounds: number): string {
  const { train, transfer, aggregate, assess } = record.seconds
  const seconds = (train + transfer + aggregate + assess).toFixed(1)
  return `Round ${record.round} of ${rounds}   ${headlineLine(record.metrics)}loss ${record.loss.toFixed(3)}   ${seconds} s`
}
