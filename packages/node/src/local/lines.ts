import type { Readable } from 'node:stream'

/** A line longer than this is cut: no child of ours writes one. */
export const MAX_LINE_CHARACTERS = 1_048_576

/** Calls `onLine` for every line of a text stream, without holding more than one line. */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  let kept = ''
  stream.setEncoding('utf8')
  stream.on('data', (text: string) => {
    const parts = (kept + text).split('\n')
    kept = (parts.pop() ?? '').slice(0, MAX_LINE_CHARACTERS)
    for (const line of parts) if (line !== '') onLine(line)
  })
  stream.on('end', () => {
    if (kept !== '') onLine(kept)
  })
}
