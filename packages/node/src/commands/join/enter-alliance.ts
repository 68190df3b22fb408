import { setTimeout as sleep } from 'node:timers/promises'
import {
  type AllianceState,
  type ChainAccount,
  ChainError,
  formatAmount,
  joinAlliance,
  type NetworkContracts,
  parseAmount,
  readPosition,
  stake,
} from '@fednode/contracts'
import { type AddressText, type PeerKey, signBinding, UserError } from '@fednode/protocol'
import { requireGasMoney } from '../../chain/require-gas-money.ts'

/** Who comes while roles are drawn tries again so often, in ms. */
const RETRY_MS = 1_000

/** Who enters which alliance. */
export type Entry = {
  readonly account: ChainAccount
  readonly peerKey: PeerKey
  readonly contracts: Pick<NetworkContracts, 'alliance' | 'stakeManager'>
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
  const { account, contracts, state, dir } = entry
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
  const added = await stakeMore(entry, own)
  await joinInTime(entry, signal)
  return own + added
}

async function joinInTime(entry: Entry, signal: AbortSignal): Promise<void> {
  const { account, peerKey, contracts, state, scope: scenario } = entry
  const { chainId, address } = account
  const binding = signBinding({ chainId, scenario, account: address, peerKey })
  const key = `0x${Buffer.from(peerKey.publicKey).toString('hex')}` as const
  const place = { alliance: contracts.alliance, id: state.id }
  for (;;) {
    try {
      await joinAlliance(account, { ...place, peerKey: key, binding })
      return
    } catch (error) {
      if (!(error instanceof ChainError) || error.code !== 'ALLIANCE_IN_PHASE') throw error
      await sleep(RETRY_MS, undefined, { signal })
    }
  }
}

async function stakeMore(
  { account, contracts, state, stake: given }: Entry,
  own: bigint,
): Promise<bigint> {
  const { task, terms } = state
  if (own >= terms.minStake) return 0n
  const amount = given === undefined ? 0n : parseAmount(given)
  if (own + amount < terms.minStake) {
    const adding = amount === 0n ? '' : `, ${formatAmount(amount)} more with --stake`
    throw new UserError(
      'refused',
      `account ${account.address} has ${formatAmount(own)} FDN at stake in this alliance${adding}; it asks for ${formatAmount(terms.minStake)}`,
      { code: 'STAKE_TOO_LOW', hint: 'Give  --stake AMOUNT  to stake what is missing.' },
    )
  }
  await stake(account, { stakeManager: contracts.stakeManager, role: 'alliance', task, amount })
  return amount
}
