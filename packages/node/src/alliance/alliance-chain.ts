import {
  type AllianceBallot,
  type AllianceRound,
  type AllianceState,
  advanceAlliance,
  allianceCommitment,
  ask,
  type ChainAccount,
  claimAlliance,
  commitAllianceVote,
  contributeAlliance,
  type NetworkContracts,
  readAlliance,
  readAllianceMoney,
  readAllianceRound,
  readBeaconRound,
  readPosition,
  revealAllianceVote,
} from '@fednode/contracts'
import { getAddress } from 'viem'
import type { ChainClock } from '../chain/chain-clock.ts'

type HexText = `0x${string}`

/** What a node of an alliance sees of the chain, and does there; everything may throw a ChainError. */
export type AllianceChain = {
  readonly account: HexText
  state(): Promise<AllianceState>
  round(round: number): Promise<AllianceRound>
  /** Whether the beacon has said what a draw waits for. */
  isDrawable(beaconRound: bigint): Promise<boolean>
  /** Own active stake in the alliance and native coin, in wei. */
  means(task: bigint): Promise<{ readonly stake: bigint; readonly balance: bigint }>
  /** By the chain's clock, Unix seconds. */
  time(): Promise<number>
  commitmentOf(vote: {
    readonly task: bigint
    readonly round: number
    readonly ballot: AllianceBallot
    readonly salt: HexText
  }): HexText
  contribute(seat: number, digest: HexText): Promise<unknown>
  commitVote(seat: number, commitment: HexText): Promise<unknown>
  revealVote(seat: number, ballot: AllianceBallot, salt: HexText): Promise<unknown>
  /** @returns the phase afterwards. */
  advance(): Promise<string>
  /** Pays what was earned to the node's position in the StakeManager. @returns wei; 0 when there was nothing. */
  claim(): Promise<bigint>
}

/** An alliance on its chain, as one account. */
export function createAllianceChain(
  account: ChainAccount,
  where: {
    readonly contracts: Pick<NetworkContracts, 'alliance' | 'beacon' | 'stakeManager'>
    readonly id: bigint
    readonly clock: ChainClock
  },
): AllianceChain {
  const { id, contracts, clock } = where
  const { alliance, beacon, stakeManager } = contracts
  const one = { alliance, id }
  // As contracts and reads spell it, whatever a signer was told.
  const own = getAddress(account.address)
  return {
    account: own,
    state: () => readAlliance(account, one),
    round: (round) => readAllianceRound(account, { ...one, round }),
    async isDrawable(round) {
      return (await readBeaconRound(account, { beacon, round })).seed !== undefined
    },
    async means(task) {
      const position = { operator: own, role: 'alliance', task } as const
      const [found, balance] = await Promise.all([
        readPosition(account, { stakeManager, position }),
        ask(account.public.getBalance({ address: own })),
      ])
      return { stake: found?.own ?? 0n, balance }
    },
    time: () => clock.time(),
    commitmentOf: ({ task, round, ballot, salt }) =>
      allianceCommitment(ballot, {
        chainId: BigInt(account.chainId),
        contract: alliance,
        task,
        round: BigInt(round),
        voter: own,
        salt,
      }),
    contribute: (seat, digest) => contributeAlliance(account, { ...one, seat, digest }),
    commitVote: (seat, commitment) => commitAllianceVote(account, { ...one, seat, commitment }),
    revealVote: (seat, ballot, salt) => revealAllianceVote(account, { ...one, seat, ballot, salt }),
    advance: async () => (await advanceAlliance(account, one)).phase,
    async claim() {
      const { earned } = await readAllianceMoney(account, { ...one, account: own })
      return earned === 0n ? 0n : (await claimAlliance(account, one)).amount
    },
  }
}
