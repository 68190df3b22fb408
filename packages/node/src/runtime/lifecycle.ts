import type { EventEmitter } from 'node:events'
import { watchParent } from './parent-watch.ts'

/** How long a stop may take before the process ends anyway, in ms: a federation is to be gone within 3 s. */
export const STOP_TIMEOUT_MS = 2_500
const FORCED = 130

/** The parts of `process` that the lifecycle listens to. */
export type ProcessEvents = Pick<EventEmitter, 'on'> & {
  readonly stdin: NodeJS.ReadableStream
  readonly stdout: Pick<EventEmitter, 'on'>
}

/**
 * One AbortSignal per process. It fires on SIGINT, SIGTERM, a closed stdout, and, when asked for, when the parent is gone;
 * the process then has STOP_TIMEOUT_MS to stop by itself. A second signal ends it at once.
 */
export function createLifecycle(options: {
  readonly process: ProcessEvents
  readonly exit: (code: number) => void
  readonly dieWithParent: boolean
}): { readonly signal: AbortSignal } {
  const controller = new AbortController()
  const stop = (): void => {
    if (controller.signal.aborted) {
      options.exit(FORCED)
      return
    }
    controller.abort()
    setTimeout(() => options.exit(FORCED), STOP_TIMEOUT_MS).unref()
  }
  options.process.on('SIGINT', stop)
  options.process.on('SIGTERM', stop)
  // The reader of our results went away (`| head`): nothing is left to do for it.
  options.process.stdout.on('error', () => {
    if (!controller.signal.aborted) stop()
  })
  if (options.dieWithParent) {
    watchParent(options.process.stdin, () => {
      if (!controller.signal.aborted) stop()
    })
  }
  return { signal: controller.signal }
}
