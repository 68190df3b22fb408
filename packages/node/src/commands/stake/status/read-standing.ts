import {
  type ChainReader,
  type DelegationState,
  type Network,
  ONE_TOKEN,
  type PositionState,
  readDelegation,
  readPosition,
  readSlashes,
  readThaws,
  type Slash,
  type StakeAsset,
  type StakePosition,
  type Thaw,
} from '@fednode/contracts'
import { readUnclaimed, type Unclaimed } from './read-unclaimed.ts'

/** What an account has in a position in one asset. */
export type Holding = {
  readonly asset: StakeAsset
  /** What a share of the delegation pool is worth beside a first one, which is 1e18. Falls by slashes only. */
  readonly sharePrice: bigint
  readonly delegation: DelegationState
  readonly thaws: readonly Thaw[]
}

/** A position, and what one account has in it. */
export type Standing = {
  readonly position: StakePosition
  readonly state: PositionState
  readonly holdings: readonly Holding[]
  /** Undefined where its task pays no such position. */
  readonly unclaimed: Unclaimed | undefined
  /** Of the position, ever. */
  readonly slashes: readonly Slash[]
}

const ASSETS = ['plain', 'locked'] as const
/** Of StakeMath.sol: shares of the first wei, and wei that every pool is counted to have besides. */
const FIRST_SHARES = 1_000_000n
const FIRST_TOKENS = 1n

/** Reads one position as an account sees it; undefined when nobody ever staked there. */
export async function readStanding(
  reader: ChainReader,
  network: Network,
  { position, account }: { readonly position: StakePosition; readonly account: `0x${string}` },
): Promise<Standing | undefined> {
  const { stakeManager } = network.contracts
  const [state, unclaimed, slashes] = await Promise.all([
    readPosition(reader, { stakeManager, position }),
    readUnclaimed(reader, network, { position, account }),
    readSlashes(reader, { ...network, position }),
  ])
  if (state === undefined) return undefined
  const holdings = await Promise.all(
    ASSETS.map(async (asset) => {
      const [delegation, thaws] = await Promise.all([
        readDelegation(reader, { stakeManager, position, asset, delegator: account }),
        readThaws(reader, { stakeManager, position, asset, owner: account }),
      ])
      const { tokens, shares } = state[asset].pool
      const sharePrice =
        ((tokens + FIRST_TOKENS) * FIRST_SHARES * ONE_TOKEN) / (shares + FIRST_SHARES)
      return { asset, sharePrice, delegation, thaws }
    }),
  )
  return { position, state, holdings, unclaimed, slashes }
}
