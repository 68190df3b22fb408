import { cleanLine } from '../framework/clean-line.ts'
import type { Writer } from '../framework/context.ts'

/** Goes to the first column and clears the line. */
const REWRITE = '\r\u001b[2K'

/** Progress on stderr: one line that is rewritten on a terminal, and lines that stay. */
export type StatusLine = {
  /** What happens now; on a terminal it replaces what was there, elsewhere it is not shown. */
  update(text: string): void
  /** A line that stays. */
  print(text: string): void
  /** Leaves the terminal clean. */
  end(): void
}

export function createStatusLine(stderr: Writer, isTty: boolean): StatusLine {
  let isShown = false
  const clear = (): void => {
    if (isShown) stderr.write(REWRITE)
    isShown = false
  }
  return {
    update(text) {
      if (!isTty) return
      stderr.write(`${REWRITE}${cleanLine(text)}`)
      isShown = true
    },
    print(text) {
      clear()
      stderr.write(`${cleanLine(text)}\n`)
    },
    end: clear,
  }
}
