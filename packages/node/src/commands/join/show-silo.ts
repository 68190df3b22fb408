import type { Context } from '../../framework/context.ts'
import { createStatusLine } from '../../runtime/status-line.ts'
import type { SiloEvent } from '../../silo/events.ts'
import { describeSiloEvent } from './describe-silo-event.ts'

/** Shows what a silo does: NDJSON on stdout with --json, else one updating line and results on stderr. */
export type SiloView = { onEvent(event: SiloEvent): void; end(): void }

export function showSilo(
  context: Context,
  silo: { readonly name: string; readonly rounds: number },
): SiloView {
  const status = createStatusLine(context.stderr, context.isTty.stderr)
  return {
    onEvent(event) {
      context.emit(event)
      if (context.json) return
      const { keep, text } = describeSiloEvent(event, silo)
      if (keep) status.print(text)
      else status.update(text)
    },
    end: () => status.end(),
  }
}
