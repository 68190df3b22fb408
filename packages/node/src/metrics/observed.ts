import type { Monitor } from './start-monitor.ts'

/** A view whose events the monitor is told as well, first. */
export function observed<Event, View extends { onEvent(event: Event): void }>(
  view: View,
  monitor: Pick<Monitor<Event>, 'onEvent'>,
): View {
  return {
    ...view,
    onEvent(event: Event) {
      monitor.onEvent(event)
      view.onEvent(event)
    },
  }
}
