import { type BountyView, type ChainReader, type Network, readBounties } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'

/** The bounty of a number. @throws {UserError} UNKNOWN_BOUNTY (usage). */
export async function findBounty(
  reader: ChainReader,
  { contracts }: Network,
  number: number,
): Promise<BountyView> {
  const found = (await readBounties(reader, contracts))[number - 1]
  if (found !== undefined) return found
  throw new UserError('usage', `there is no bounty ${number}`, {
    code: 'UNKNOWN_BOUNTY',
    hint: 'fednode bounty list  shows them.',
  })
}
