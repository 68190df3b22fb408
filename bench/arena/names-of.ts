import type { Cast } from './cast.ts'
import type { Member } from './standings.ts'

/** The members of a cast by their names: nodes first, then validators. */
export function namesOf({ nodes, validators }: Cast): readonly Pick<Member, 'name' | 'manner'>[] {
  return [
    ...nodes.map((rows) => ({ name: `node-${rows}`, manner: 'node' as const })),
    ...validators.map((manner, index) => ({
      name: manner === 'honest' ? `honest-${index + 1}` : manner,
      manner,
    })),
  ]
}
