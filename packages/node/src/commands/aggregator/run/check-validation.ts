import { UserError } from '@fednode/protocol'
import { cidOfData } from '../../../plan/cid-of-data.ts'
import type { Plan } from '../../../plan/plan.ts'

/**
 * Silos approved one validation set; contributions measured on another would be worth nothing.
 * @throws {UserError} WRONG_VALIDATION (data).
 */
export async function checkValidation(
  { manifest }: Pick<Plan, 'manifest'>,
  options: { readonly data: string; readonly dataFile: string },
): Promise<void> {
  const actual = await cidOfData(options.dataFile, manifest.data)
  const expected = manifest.contribution.validation
  if (actual === expected) return
  throw new UserError(
    'data',
    `${options.data} is ${actual}, but the manifest's validation set is ${expected}`,
    {
      code: 'WRONG_VALIDATION',
      hint: 'Give the very file that  fednode federation init  read; a single changed byte makes another.',
    },
  )
}
