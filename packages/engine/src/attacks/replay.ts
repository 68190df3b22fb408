import type { AttackKnowledge } from './attack.ts'

/** What was sent in an earlier round, once more; the honest update while there is none. */
export function replay({
  own,
  sentBefore,
}: Pick<AttackKnowledge, 'own' | 'sentBefore'>): Float32Array {
  return sentBefore ?? own
}
