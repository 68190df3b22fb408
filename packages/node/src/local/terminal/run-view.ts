import type { Progress } from '../progress.ts'

/** Shows a run while it happens; everything goes to stderr. */
export type RunView = {
  /** A line that stays: `label` is one word, `text` says what happened. */
  fact(label: string, text: string): void
  /** A line that stays, as it is. */
  line(text: string): void
  /** What the live part shows from now on. */
  show(progress: Progress): void
  /** Ends the live part. May be called twice. */
  close(): void
}

const LABEL_WIDTH = 11

/** A fact as one line: two spaces, the label, what happened. */
export function factLine(label: string, text: string): string {
  return `  ${label.padEnd(LABEL_WIDTH)}${text}`
}
