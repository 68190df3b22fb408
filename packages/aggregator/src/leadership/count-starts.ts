import type { Leadership } from './leadership.ts'

/** Leads without a lease, where no chain keeps one: every start is a term, and the data directory's lock is all that keeps others off. */
export function countStarts(): Leadership {
  return {
    take: async ({ floor }) => floor + 1,
    isHeld: () => true,
    confirm: async () => {},
    release: async () => {},
  }
}
