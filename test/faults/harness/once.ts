import type { FaultCase } from './fault-case.ts'

/** A fault that is tried once. @param trial - resolves with why the federation was lost; with undefined when it survived. */
export function once(name: string, trial: () => Promise<string | undefined>): FaultCase {
  return async () => {
    const fault = await trial()
    const notes = fault === undefined ? [] : [fault]
    return [{ fault: name, tried: 1, survived: 1 - notes.length, notes }]
  }
}
