import type { NetworkContracts } from '@fednode/contracts'
import { namingAddresses } from './naming-addresses.ts'

/** Does a job in a network; what is refused calls its tokens by their names. @throws as namingAddresses. */
export async function namingNetworkTokens<T>(
  { token, lockedStake }: Pick<NetworkContracts, 'token' | 'lockedStake'>,
  job: () => Promise<T>,
): Promise<T> {
  const shownBy = 'fednode stake status'
  const names = [
    { address: token, name: 'FDN', shownBy },
    { address: lockedStake, name: 'gmFDN', shownBy },
  ]
  return namingAddresses(names, job)
}
