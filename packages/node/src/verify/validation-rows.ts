import { existsSync } from 'node:fs'
import { type Dataset, loadDataset } from '@fednode/engine'
import { type Manifest, UserError } from '@fednode/protocol'
import { cidOfData } from '../plan/cid-of-data.ts'

/** Where the held-out rows may lie: the file that was named, or others that are tried one after the other. */
export type ValidationPlaces = { readonly named?: string; readonly tried: readonly string[] }

/**
 * The held-out rows of a manifest, if some place has the very file; undefined otherwise.
 * @throws {UserError} data WRONG_VALIDATION when a named file is another one; as cidOfData.
 */
export async function findValidation(
  { data, contribution }: Manifest,
  { named, tried }: ValidationPlaces,
): Promise<Dataset | undefined> {
  const expected = contribution.validation
  for (const file of named === undefined ? tried : [named]) {
    if (named === undefined && !existsSync(file)) continue
    const actual = await cidOfData(file, data)
    if (actual === expected) return (await loadDataset(file, data)).dataset
    if (named === undefined) continue
    throw new UserError(
      'data',
      `${named} is ${actual}, but the manifest's validation set is ${expected}`,
      {
        code: 'WRONG_VALIDATION',
        hint: 'Ask the federator for the very file; without --data all but the recomputation is checked.',
      },
    )
  }
  return undefined
}
