import type { Context } from '../framework/context.ts'
import { createStatusLine } from '../runtime/status-line.ts'

/** What passes: only the last of these stays on a terminal. */
const PASSING: readonly string[] = ['training', 'waiting']

/** Shows what a node that votes does: NDJSON on stdout with --json, else one updating line and results on stderr. */
export function showNode<Event extends { readonly type: string }>(
  context: Context,
  describe: (event: Event) => string,
): {
  onEvent(event: Event): void
  end(): void
} {
  const status = createStatusLine(context.stderr, context.isTty.stderr)
  return {
    onEvent(event) {
      context.emit(event)
      if (context.json) return
      if (PASSING.includes(event.type)) status.update(describe(event))
      else status.print(describe(event))
    },
    end: () => status.end(),
  }
}
