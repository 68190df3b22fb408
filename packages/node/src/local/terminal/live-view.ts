import { createLogUpdate } from 'log-update'
import { initialProgress, type Progress } from '../progress.ts'
import { progressFrame } from './progress-frame.ts'
import { factLine, type RunView } from './run-view.ts'

/** Time between two frames, in ms: enough for the eye, little enough for the processor. */
const FRAME_MS = 150
const DEFAULT_COLUMNS = 80

/** A view that redraws its last lines in place; for terminals. */
export function createLiveView(stream: NodeJS.WriteStream, now: () => number): RunView {
  const log = createLogUpdate(stream)
  const state = { progress: initialProgress([], 0), since: now(), shown: false }
  const draw = (): void => {
    if (!state.shown) return
    const seconds = (now() - state.since) / 1000
    const columns = stream.columns ?? DEFAULT_COLUMNS
    log(progressFrame(state.progress, { seconds, columns }).join('\n'))
  }
  // Drawn by a clock and not by events: five silos report more often than anybody can read.
  const timer = setInterval(draw, FRAME_MS)
  timer.unref()
  const line = (text: string): void => log.persist(text)
  return {
    line,
    fact: (label, text) => line(factLine(label, text)),
    show: (progress: Progress) => {
      if (progress.round !== state.progress.round) state.since = now()
      state.progress = progress
      state.shown = true
    },
    close: () => {
      clearInterval(timer)
      if (state.shown) log.clear()
      state.shown = false
      log.done()
    },
  }
}
