import { ONE_TOKEN, readStakeParameters } from '@fednode/contracts'
import type { Cid } from '@fednode/protocol'
import type { Pots } from './found-network.ts'
import type { Measured } from './measure-models.ts'
import type { NetworkCast } from './network-cast.ts'
import type { NetworkFacts } from './network-facts.ts'
import { allianceOutcome, arenaOutcome, nodeOutcomes } from './network-outcome.ts'
import type { GovernanceOutcome, NetworkResult } from './network-result.ts'
import type { NetworkSettlement } from './settle-network.ts'

/** What the alliance's models were worth: the first one, and those after each round. */
export type MeasuredRounds = {
  readonly before: Measured
  readonly rounds: ReadonlyMap<number, Measured>
}

/** Everything that is known when a local network is over. */
export type FinishedNetwork = {
  readonly manifestCid: Cid
  readonly facts: NetworkFacts
  readonly measured: MeasuredRounds
  readonly settlement: NetworkSettlement
  readonly governance: GovernanceOutcome
  readonly pots: Pots
  readonly seconds: number
}

/** Puts a run's result together from what the chain says at the end and from what was measured on the way. */
export async function resultOf(cast: NetworkCast, run: FinishedNetwork): Promise<NetworkResult> {
  const { facts, measured, settlement, governance, pots, manifestCid, seconds } = run
  const { founder, network } = cast
  const fee = await registrationFee(cast)
  const nodes = nodeOutcomes(facts, fee)
  const total = (of: (node: (typeof nodes)[number]) => bigint): bigint =>
    nodes.reduce((sum, node) => sum + of(node), 0n)
  const earnedIn = (isAlly: boolean): bigint =>
    total((node) => ((node.role === 'alliance') === isAlly ? node.earned : 0n))
  return {
    chainId: founder.chainId,
    network: network.directory,
    manifestCid,
    nodes,
    alliance: {
      rounds: allianceOutcome(facts, measured.rounds),
      accuracyBefore: measured.before.accuracy,
      pool: {
        funded: pots.poolFunded,
        emitted: pots.pool - pots.poolFunded,
        earned: earnedIn(true),
        left: settlement.poolLeft,
      },
    },
    arena: {
      ...arenaOutcome(facts, settlement.locked),
      pot: {
        funded: pots.potFunded,
        emitted: pots.pot - pots.potFunded,
        earned: earnedIn(false),
        left: settlement.potLeft,
      },
    },
    governance,
    emission: facts.emission,
    penalties: {
      slashed: total(({ lost }) => lost),
      fees: total((node) => node.fee),
      toReporters: total(({ reported }) => reported),
      toTreasury: settlement.toTreasury,
      burned: settlement.burned,
    },
    seconds,
  }
}

async function registrationFee({ founder, network }: NetworkCast): Promise<bigint> {
  const parameters = await readStakeParameters(founder, network.contracts)
  return BigInt(parameters.find(({ name }) => name === 'registration-fee')?.value ?? 0) * ONE_TOKEN
}
