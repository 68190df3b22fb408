import type { Journal } from '../../src/journal/create-journal.ts'

/** Every call that writes. */
const WRITES = new Set<PropertyKey>([
  'bind',
  'startTerm',
  'beginRound',
  'extendRound',
  'acceptUpdate',
  'refuse',
  'saveArrival',
  'saveValues',
  'startClosing',
  'endRound',
  'startTask',
  'finishTask',
  'failTask',
  'reopenTask',
])

/** What ends a process in a test. */
export class Crash extends Error {
  override name = 'Crash'
}

/** Where the crash comes: at the n-th write, just before it or just after. */
export type CrashPoint = { readonly write: number; readonly when: 'before' | 'after' }

/**
 * A journal on whose n-th write the process dies: that call and every later one throws, so that nothing more becomes durable.
 * @param onWrite - told the name of each write that was made.
 */
export function crashingJournal(journal: Journal, point: CrashPoint, onCrash: () => void): Journal {
  let writes = 0
  let isDead = false
  return new Proxy(journal, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key)
      if (typeof member !== 'function') return member
      return (...args: unknown[]): unknown => {
        if (isDead && key !== 'close') throw new Crash('dead')
        if (!WRITES.has(key)) return Reflect.apply(member, target, args)
        writes++
        if (writes !== point.write) return Reflect.apply(member, target, args)
        if (point.when === 'after') Reflect.apply(member, target, args)
        isDead = true
        onCrash()
        throw new Crash(`at write ${writes} (${String(key)})`)
      }
    },
  })
}
