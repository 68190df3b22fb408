import type { Writer } from '../../framework/context.ts'
import { jsonLines } from '../../framework/json-lines.ts'
import type { Progress } from '../progress.ts'
import type { RunView } from './run-view.ts'

/** A view that adds one JSON event a line; for scripts, which ask for --json. */
export function createJsonView(stream: Writer): RunView {
  const say = jsonLines(stream)
  let rounds = 0
  return {
    fact: (label, text) => say({ type: 'fact', label, text }),
    line: (text) => say({ type: 'line', text }),
    show(progress: Progress) {
      for (const { round, metrics, loss, seconds } of progress.closed.slice(rounds)) {
        say({ type: 'round-closed', round, rounds: progress.rounds, metrics, loss, seconds })
      }
      rounds = progress.closed.length
    },
    close() {},
  }
}
