import type { AllianceChain } from '../alliance-chain.ts'

/** The chain of a participant that is drawn and says nothing. Only for simulated attackers. */
export function silentChain(chain: AllianceChain): AllianceChain {
  const never = async (): Promise<void> => {}
  return { ...chain, contribute: never, commitVote: never, revealVote: never }
}
