import type { CoordinatorEvent } from '@fednode/aggregator'
import type { Context } from '../../../framework/context.ts'
import type { Plan } from '../../../plan/plan.ts'
import { createStatusLine } from '../../../runtime/status-line.ts'
import { describeCoordinatorEvent } from './describe-coordinator-event.ts'

/** Shows what the aggregator does: NDJSON on stdout with --json, else one updating line and results on stderr. */
export type AggregatorView = { onEvent(event: CoordinatorEvent): void; end(): void }

export function showAggregator(context: Context, plan: Plan): AggregatorView {
  const status = createStatusLine(context.stderr, context.isTty.stderr)
  const rounds = plan.manifest.rounds.count
  if (!context.json)
    status.print(`Federation "${plan.manifest.name}", ${rounds} rounds, manifest ${plan.cid}`)
  return {
    onEvent(event) {
      context.emit(event)
      if (context.json) return
      const { keep, text } = describeCoordinatorEvent(event, rounds)
      if (keep) status.print(text)
      else status.update(text)
    },
    end: () => status.end(),
  }
}
