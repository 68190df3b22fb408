import { type Hex, toFunctionSelector } from 'viem'

/** Who may call restricted functions; numbers as the network's AccessManager (NetworkAccess) knows them. */
export const NETWORK_ROLES = {
  /** Governance: the Timelock alone, which is the manager's admin. */
  governance: 0n,
  /** Contracts of the network that reward, slash and hold positions: TaskRegistry and Alliance. */
  staking: 1n,
  /** Submits roots of rewards that are computed off the chain. */
  updater: 2n,
  /** Revokes such roots, and cancels proposals (at the Dao); it can do nothing else. */
  guardian: 3n,
} as const

export type NetworkRole = keyof typeof NETWORK_ROLES

/** Contracts whose restricted functions the table lists. */
export type ManagedContract =
  | 'emission'
  | 'taskEmission'
  | 'lockedStake'
  | 'stakeManager'
  | 'beacon'
  | 'registry'
  | 'alliance'
  | 'rewards'
  | 'market'
  | 'topModels'

/** One restricted function and who may call it. */
export type Permission = {
  readonly contract: ManagedContract
  readonly signature: string
  readonly role: NetworkRole
}

/**
 * The one table of who may call what on which contract of the network (attacks 46 and 47): deployNetwork sets it, and a test compares
 * it with what was deployed and with every `restricted` function of the sources. No role moves what others own.
 */
export const NETWORK_PERMISSIONS: readonly Permission[] = [
  permit('emission', 'setRecipients((address,uint16)[])', 'governance'),
  permit('taskEmission', 'addTask(uint256)', 'governance'),
  permit('taskEmission', 'removeTask(uint256)', 'governance'),
  permit('lockedStake', 'setStakingContract(address,bool)', 'governance'),
  permit('lockedStake', 'setCurve((uint32,uint32,uint32))', 'governance'),
  permit('stakeManager', 'setParameter(uint8,uint32)', 'governance'),
  permit('stakeManager', 'setTreasury(address)', 'governance'),
  permit('stakeManager', 'reward(bytes32,uint256)', 'staking'),
  permit('stakeManager', 'slash(bytes32,uint256,uint8,address)', 'staking'),
  permit('stakeManager', 'hold(bytes32)', 'staking'),
  permit('stakeManager', 'release(bytes32)', 'staking'),
  permit('beacon', 'setKey(uint8,uint40,uint32,uint40,bytes)', 'governance'),
  permit('beacon', 'setFallbackParams((uint32,uint32,uint32,uint8,uint96))', 'governance'),
  permit('beacon', 'sweepForfeits(address)', 'governance'),
  permit('registry', 'setArenaParam(uint8,uint256)', 'governance'),
  permit('alliance', 'setParams((uint32,uint32,uint16,uint16,uint96))', 'governance'),
  permit('alliance', 'setSources(address,address)', 'governance'),
  permit('rewards', 'submitRoot(bytes32,uint96,bytes32)', 'updater'),
  permit('rewards', 'revokeRoot()', 'guardian'),
  permit('rewards', 'setDelay(uint32)', 'governance'),
  permit('rewards', 'setChallengeBond(uint96)', 'governance'),
  permit('rewards', 'setClaimFee(uint16)', 'governance'),
  permit('rewards', 'setTreasury(address)', 'governance'),
  permit('market', 'setDaoShare(uint16)', 'governance'),
  permit('market', 'setTreasury(address)', 'governance'),
  permit('topModels', 'setTopModels(bytes32[],uint16[])', 'governance'),
]

/** First four bytes of a call. */
export function selectorOf({ signature }: Permission): Hex {
  return toFunctionSelector(`function ${signature}`)
}

function permit(contract: ManagedContract, signature: string, role: NetworkRole): Permission {
  return { contract, signature, role }
}
