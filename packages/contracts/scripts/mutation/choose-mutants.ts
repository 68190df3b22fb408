import { readSources, withoutTests } from '../warm-solc.ts'
import { EQUIVALENT } from './equivalent.ts'
import { generateMutants } from './generate.ts'
import { describeMutant, type Mutant } from './mutant.ts'
import { listMutants } from './mutations.ts'

/**
 * Mistakes that count, in the sources as they are: those that change nothing are listed with the reason.
 * @throws {Error} when a listed mistake, or one that is listed as changing nothing, exists no more.
 */
export function chooseMutants(): Mutant[] {
  const all = [...listMutants(), ...generateMutants(withoutTests(readSources()))]
  const distinct = [...new Map(all.map((mutant) => [mutant.text, mutant])).values()]
  const known = new Set(distinct.map(describeMutant))
  const stale = EQUIVALENT.filter(({ mutant }) => !known.has(mutant))
  if (stale.length > 0) {
    throw new Error(`no such mutant any more:\n${stale.map(({ mutant }) => mutant).join('\n')}`)
  }
  const equivalent = new Set(EQUIVALENT.map(({ mutant }) => mutant))
  return distinct.filter((mutant) => !equivalent.has(describeMutant(mutant)))
}
