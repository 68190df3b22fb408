import {
  type ClaimPlace,
  type ClaimTree,
  claimTree,
  type RewardRoot,
  type Rewards,
} from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import type { Amounts } from '../../../claims/read-amounts.ts'
import { momentText } from '../../../framework/moment-text.ts'

/**
 * The tree of the root that counts, from the table that it was made of; also where the root that waits is of the same table.
 * @throws {UserError} refused NO_ROOT, ROOT_WAITING, OTHER_AMOUNTS.
 */
export function presentTree(
  amounts: Amounts,
  { active, pending }: Pick<Rewards, 'active' | 'pending'>,
  place: Omit<ClaimPlace, 'number'>,
): { readonly tree: ClaimTree; readonly epoch: number } {
  const { file, lines, digest } = amounts
  if (active !== undefined) {
    const { epoch, root } = active
    const tree = claimTree({ ...place, number: BigInt(epoch) }, lines)
    if (tree.root === root) return { tree, epoch }
  }
  if (pending?.data === digest) throw waiting(file, pending)
  if (active !== undefined) throw otherAmounts(amounts, active)
  throw new UserError('refused', 'no root of rewards counts yet', {
    code: 'NO_ROOT',
    hint: 'fednode rewards status  shows whether one waits.',
  })
}

function waiting(file: string, { epoch, activeFrom }: RewardRoot): UserError {
  return new UserError(
    'refused',
    `${file} is of root ${epoch}, which waits until ${momentText(BigInt(activeFrom))}`,
    {
      code: 'ROOT_WAITING',
      hint: 'After that  fednode rewards activate  lets it count. Claim with the file of the root before until then.',
    },
  )
}

function otherAmounts({ file, digest }: Amounts, { epoch, data }: RewardRoot): UserError {
  return new UserError('refused', `${file} is not what root ${epoch} was made of`, {
    code: 'OTHER_AMOUNTS',
    hint: `Ask the updater for the file with the digest ${data}; this one's is ${digest}.`,
  })
}
