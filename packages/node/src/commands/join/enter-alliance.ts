import { setTimeout as sleep } from 'node:timers/promises'
import {
  type AllianceState,
  type ChainAccount,
  ChainError,
  joinAlliance,
  type NetworkContracts,
  readPosition,
  stake,
} from '@fednode/contracts'
import { type AddressText, type PeerKey, UserError } from '@fednode/protocol'
import { namingNetworkTokens } from '../../chain/naming-network-tokens.ts'
import { requireGasMoney } from '../../chain/require-gas-money.ts'
import { proveMembership } from '../../voting/prove-membership.ts'
import { missingStake } from './missing-stake.ts'

/** Who comes while roles are drawn tries again so often, in ms. */
const RETRY_MS = 1_000

/** Who enters which alliance. */
export type Entry = {
  readonly account: ChainAccount
  readonly peerKey: PeerKey
  readonly contracts: Pick<NetworkContracts, 'alliance' | 'stakeManager' | 'token' | 'lockedStake'>
  readonly state: AllianceState
  readonly scope: AddressText
  /** In whole tokens, as typed; undefined: nothing. */
  readonly stake: string | undefined
  /** As the user wrote it, for hints. */
  readonly dir: string
}

/**
 * Stakes what is missing, and joins; does nothing for who takes part already. While roles are drawn nobody can join: it waits.
 * @returns own stake, wei.
 * @throws {UserError} refused: STAKE_TOO_LOW, ALLIANCE_FINISHED, ALLIANCE_FULL; NO_GAS_MONEY (chain). {ChainError} as joinAlliance; the signal's reason.
 */
export async function enterAlliance(entry: Entry, signal: AbortSignal): Promise<bigint> {
  const { account, contracts, state, stake: given, dir } = entry
  const { task, participants, phase, id, terms } = state
  const position = { operator: account.address, role: 'alliance', task } as const
  const found = await readPosition(account, { stakeManager: contracts.stakeManager, position })
  const own = found?.own ?? 0n
  if (participants.some((one) => one.toLowerCase() === account.address.toLowerCase())) return own
  if (phase === 'finished') {
    throw new UserError('refused', `alliance ${id} is over`, { code: 'ALLIANCE_FINISHED' })
  }
  // Before anything is staked that takes days to come back.
  if (participants.length >= terms.maxParticipants) {
    throw new UserError(
      'refused',
      `alliance ${id} has all of its ${terms.maxParticipants} participants`,
      { code: 'ALLIANCE_FULL', hint: 'A place is free when one of them resigns: try again then.' },
    )
  }
  await requireGasMoney(account, dir)
  const amount = missingStake({ account, own, least: terms.minStake, given, venue: 'alliance' })
  const { stakeManager } = contracts
  if (amount > 0n) {
    const adding = { stakeManager, role: 'alliance', task, amount } as const
    await namingNetworkTokens(contracts, () => stake(account, adding))
  }
  await joinInTime(entry, signal)
  return own + amount
}

async function joinInTime(entry: Entry, signal: AbortSignal): Promise<void> {
  const { account, contracts, state } = entry
  const joining = {
    alliance: contracts.alliance,
    id: state.id,
    ...proveMembership(account, entry),
  }
  for (;;) {
    try {
      await joinAlliance(account, joining)
      return
    } catch (error) {
      if (!(error instanceof ChainError) || error.code !== 'ALLIANCE_IN_PHASE') throw error
      await sleep(RETRY_MS, undefined, { signal })
    }
  }
}
