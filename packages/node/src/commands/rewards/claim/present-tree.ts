import { type ClaimPlace, type ClaimTree, claimTree, type Rewards } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import type { Amounts } from '../../../claims/read-amounts.ts'
import { momentText } from '../../../framework/moment-text.ts'

/**
 * The tree of the root that counts, from the table that it was made of.
 * @throws {UserError} refused NO_ROOT, ROOT_WAITING, OTHER_AMOUNTS.
 */
export function presentTree(
  { file, lines, digest }: Amounts,
  { active, pending }: Pick<Rewards, 'active' | 'pending'>,
  place: Omit<ClaimPlace, 'number'>,
): { readonly tree: ClaimTree; readonly epoch: number } {
  if (pending?.data === digest) {
    throw new UserError(
      'refused',
      `${file} is of root ${pending.epoch}, which waits until ${momentText(BigInt(pending.activeFrom))}`,
      {
        code: 'ROOT_WAITING',
        hint: 'After that  fednode rewards activate  lets it count. Claim with the file of the root before until then.',
      },
    )
  }
  if (active === undefined) {
    throw new UserError('refused', 'no root of rewards counts yet', {
      code: 'NO_ROOT',
      hint: 'fednode rewards status  shows whether one waits.',
    })
  }
  const { epoch, root, data } = active
  const tree = claimTree({ ...place, number: BigInt(epoch) }, lines)
  if (tree.root === root) return { tree, epoch }
  throw new UserError('refused', `${file} is not what root ${epoch} was made of`, {
    code: 'OTHER_AMOUNTS',
    hint: `Ask the updater for the file with the digest ${data}; this one's is ${digest}.`,
  })
}
