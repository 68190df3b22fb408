import type { Mined } from '@fednode/contracts'
import type { Outcome } from '../framework/command.ts'
import { countText } from '../framework/number-text.ts'
import type { Foretold } from './try-out.ts'

/** What a command leaves behind once its transaction is mined: what it did, where to look it up, and what it cost. */
export function minedOutcome(
  { data, text }: Foretold,
  { hash, gasUsed }: Pick<Mined, 'hash' | 'gasUsed'>,
): Outcome {
  return {
    data: { ...data, hash, gasUsed },
    text: `${text}\n  transaction ${hash}, gas ${countText(gasUsed)}`,
  }
}
