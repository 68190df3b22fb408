import type { Tally } from './fault-case.ts'

/** One fault that is tried once. @param fault - why the federation was lost; undefined when it survived. */
export function once(name: string, fault: string | undefined): Tally {
  const notes = fault === undefined ? [] : [fault]
  return { fault: name, tried: 1, survived: 1 - notes.length, notes }
}
