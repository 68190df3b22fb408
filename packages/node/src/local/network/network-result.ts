import type { AllianceVerdict, ParameterUnit, ProposalView } from '@fednode/contracts'
import type { Cid } from '@fednode/protocol'
import type { Address } from 'viem'
import type { NetworkRole } from './people.ts'

/** What one node staked, earned, lost and voted. Amounts in wei of the network's token. */
export type NodeOutcome = {
  readonly name: string
  readonly role: NetworkRole
  readonly account: Address
  /** What it did on purpose; absent: it was honest. */
  readonly attack?: string
  /** What its rows were, in words. */
  readonly rows: string
  readonly stakeBefore: bigint
  readonly stakeAfter: bigint
  /** By the rounds, whether paid already or not. */
  readonly earned: bigint
  /** For bringing what others were penalised by. */
  readonly reported: bigint
  /** Of `earned` and `reported`, what is in the StakeManager for it now. */
  readonly received: bigint
  readonly lost: bigint
  readonly fee: bigint
  /** Seats that it was drawn for, and what it made of them. */
  readonly proposals: { readonly drawn: number; readonly approved: number }
  readonly votes: {
    readonly cast: number
    readonly withMajority: number
    readonly missed: number
  }
}

/** A round of the alliance. */
export type AllianceRoundOutcome = {
  readonly round: number
  readonly verdict: AllianceVerdict
  readonly proposers: readonly { readonly name: string; readonly approved: boolean }[]
  readonly voters: readonly {
    readonly name: string
    /** Better or not, as it said; undefined: it revealed nothing. */
    readonly score: 1 | -1 | undefined
    readonly withMajority: boolean
  }[]
  readonly paid: bigint
  readonly taken: bigint
  /** Of the global model after it on held-out rows; undefined where no node had the model any more. */
  readonly accuracy: number | undefined
  readonly loss: number | undefined
}

/** A model of the arena's task. */
export type ArenaModelOutcome = {
  readonly name: string
  readonly rows: string
  readonly place: number | undefined
  /** Consensus of the validators, 0 to 10,000. */
  readonly points: number
  readonly reward: bigint
  /** Of that, what waited for the task's end. */
  readonly locked: bigint
}

/** A validator of the arena's task. */
export type ArenaVoterOutcome = {
  readonly name: string
  /** In the order of the models; undefined: it revealed nothing. */
  readonly scores: readonly number[] | undefined
  /** Average distance to the consensus. */
  readonly off: number | undefined
  readonly reward: bigint
}

/** A proposal and what became of it. */
export type GovernanceOutcome = {
  readonly id: bigint
  readonly description: string
  readonly parameter: string
  readonly unit: ParameterUnit
  readonly before: bigint
  readonly after: bigint
  readonly state: ProposalView['state']
  readonly quorum: bigint
  readonly votes: ProposalView['votes']
  readonly ballots: readonly {
    readonly name: string
    readonly vote: string
    readonly weight: bigint
  }[]
  readonly stake: bigint
  readonly stakeReturned: bigint
}

/** A pot: what came in equals what went out, to the wei. */
export type PotOutcome = {
  readonly funded: bigint
  readonly emitted: bigint
  readonly earned: bigint
  /** What nobody earned: back to who paid it in, and to the treasury. */
  readonly left: bigint
}

/** What was taken from stakes: the reporters', the treasury's and burned, to the wei. */
export type PenaltyOutcome = {
  readonly slashed: bigint
  readonly fees: bigint
  readonly toReporters: bigint
  readonly toTreasury: bigint
  readonly burned: bigint
}

/** Everything that a local network came to: tables, document and report are views of it. */
export type NetworkResult = {
  readonly chainId: number
  readonly network: Address
  readonly manifestCid: Cid
  readonly nodes: readonly NodeOutcome[]
  readonly alliance: {
    readonly rounds: readonly AllianceRoundOutcome[]
    /** Of the model that everybody begins with. */
    readonly accuracyBefore: number
    readonly pool: PotOutcome
  }
  readonly arena: {
    readonly models: readonly ArenaModelOutcome[]
    readonly voters: readonly ArenaVoterOutcome[]
    readonly pot: PotOutcome
  }
  readonly governance: GovernanceOutcome
  readonly emission: {
    readonly days: bigint
    readonly minted: bigint
    readonly tasks: bigint
    readonly treasury: bigint
  }
  readonly penalties: PenaltyOutcome
  /** Seconds from the command's start to its end. */
  readonly seconds: number
}
