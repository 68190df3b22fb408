import { type Address, encodeAbiParameters, type Hex, keccak256, stringToHex } from 'viem'

/** What a position is staked for. */
export type StakeRole = 'task-creator' | 'training-node' | 'validator' | 'alliance'

/** What is staked: NetworkToken, or LockedStake ("gm"). */
export type StakeAsset = 'plain' | 'locked'

/** One operator's position in one task. */
export type StakePosition = {
  readonly operator: Address
  readonly role: StakeRole
  /** See `taskIdOf`. */
  readonly task: bigint
}

const ROLE_NAMES: { readonly [R in StakeRole]: string } = {
  'task-creator': 'TASK_CREATOR',
  'training-node': 'TRAINING_NODE',
  validator: 'VALIDATOR',
  alliance: 'ALLIANCE',
}
const WORD_BYTES = 32
const OWNER_SHIFT = 96n

/** Roles.sol: a role as the contracts know it. */
export function roleHash(role: StakeRole): Hex {
  return stringToHex(ROLE_NAMES[role], { size: WORD_BYTES })
}

/** The role that a contract names; undefined when it names none. */
export function roleFrom(hash: Hex): StakeRole | undefined {
  const roles = Object.keys(ROLE_NAMES) as StakeRole[]
  return roles.find((role) => roleHash(role) === hash)
}

/** StakeManager.keyOf: what the StakeManager calls a position. */
export function positionKey({ operator, role, task }: StakePosition): Hex {
  const types = [{ type: 'address' }, { type: 'bytes32' }, { type: 'uint256' }] as const
  return keccak256(encodeAbiParameters(types, [operator, roleHash(role), task]))
}

/** Number of a task: the contract that owns it, and that contract's own number, so that nobody stakes into somebody else's. */
export function taskIdOf(contract: Address, local: bigint): bigint {
  return (BigInt(contract) << OWNER_SHIFT) | local
}

/** IStakeManager's Asset. */
export function assetNumber(asset: StakeAsset): 0 | 1 {
  return asset === 'plain' ? 0 : 1
}
