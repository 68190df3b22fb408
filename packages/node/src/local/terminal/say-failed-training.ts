import { whySkipped } from '../../silo/why-skipped.ts'
import type { ChildEvent } from '../child-events.ts'
import type { RunView } from './run-view.ts'

/** Says of a silo that its training of a round failed, on a line that stays; nothing of any other event. */
export function sayFailedTraining(view: Pick<RunView, 'fact'>, child: ChildEvent): void {
  if (child.from === 'aggregator' || child.event.type !== 'skipped') return
  view.fact('failed', `round ${child.event.round}, ${child.name}: ${whySkipped(child.event)}`)
}
