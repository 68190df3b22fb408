import type { Writer } from './context.ts'
import { stringify } from './envelope.ts'

/** Writes each event as one line of JSON. */
export function jsonLines(stream: Writer): (event: unknown) => void {
  return (event) => void stream.write(`${stringify(event)}\n`)
}
