import {
  type AllianceBallot,
  type AllianceRound,
  type AllianceState,
  type AllianceVerdict,
  allianceCommitment,
  ChainError,
} from '@fednode/contracts'
import type { AllianceChain } from '../../../src/alliance/alliance-chain.ts'

type HexText = `0x${string}`
type Seat = { account: HexText; weight: bigint }
type Open = {
  proposers: (Seat & { contribution: HexText | undefined; approved: boolean })[]
  voters: (Seat & { commitment: HexText | undefined; ballot: AllianceBallot | undefined })[]
  verdict: AllianceVerdict
  digest: HexText | undefined
}

const CONTRACT: HexText = '0x00000000000000000000000000000000000000cc'
const WINDOW = 600
const STAKE = 100n

/** An alliance in memory that goes by the contract's order of phases: the first half of the accounts propose, turned by one each round. */
export function createFakeAlliance(terms: {
  readonly accounts: readonly HexText[]
  readonly model: HexText
  readonly rounds: number
  readonly now: () => number
}) {
  const { accounts, rounds, now } = terms
  const stakes = new Map(accounts.map((account) => [account, STAKE]))
  const opened = new Map<number, Open>()
  let participants = [...accounts]
  let [phase, round, model, until]: [AllianceState['phase'], number, HexText, number] = [
    'idle',
    1,
    terms.model,
    0,
  ]
  const enter = (next: AllianceState['phase']) => {
    phase = next
    until = now() + WINDOW
  }
  const current = (): Open => opened.get(round) as Open
  const refuse = (code: string): ChainError => new ChainError(code, { code })

  function draw(): void {
    const turned = participants.map(
      (_, i) => participants[(i + round - 1) % participants.length] as HexText,
    )
    const half = Math.floor(turned.length / 2)
    const seat = (account: HexText) => ({ account, weight: STAKE })
    opened.set(round, {
      proposers: turned
        .slice(0, half)
        .map((one) => ({ ...seat(one), contribution: undefined, approved: false })),
      voters: turned
        .slice(half)
        .map((one) => ({ ...seat(one), commitment: undefined, ballot: undefined })),
      verdict: 'undecided',
      digest: undefined,
    })
    enter('contributing')
  }

  function settle(): void {
    const open = current()
    const ballots = open.voters.flatMap(({ ballot }) => ballot ?? [])
    const first = ballots[0]
    const same = ballots.filter(({ digest }) => digest === first?.digest)
    if (first !== undefined && 2 * same.length > ballots.length) {
      const sum = same.reduce((total, { score }) => total + score, 0)
      open.digest = first.digest
      if (sum !== 0) open.verdict = sum > 0 ? 'accepted' : 'rejected'
      if (sum > 0) model = first.digest
    }
    if (round === rounds) phase = 'finished'
    else {
      round += 1
      phase = 'idle'
      until = 0
    }
  }

  function advance(): string {
    const over = now() >= until
    if (phase === 'finished') throw refuse('ALLIANCE_FINISHED')
    if (phase === 'idle') {
      participants = participants.filter((one) => (stakes.get(one) ?? 0n) >= STAKE)
      enter('drawing')
    } else if (phase === 'drawing') draw()
    else if (phase === 'contributing') {
      if (!over && current().proposers.some((one) => one.contribution === undefined)) {
        throw refuse('PHASE_RUNNING')
      }
      enter('committing')
    } else if (phase === 'committing') {
      if (!over && current().voters.some((one) => one.commitment === undefined)) {
        throw refuse('PHASE_RUNNING')
      }
      enter('revealing')
    } else {
      const waits = current().voters.some(
        (one) => one.commitment !== undefined && one.ballot === undefined,
      )
      if (!over && waits) throw refuse('PHASE_RUNNING')
      settle()
    }
    return phase
  }

  const state = (): AllianceState => ({
    id: 1n,
    task: 1n,
    creator: CONTRACT,
    phase,
    round,
    until,
    beaconRound: 1n,
    participants,
    model,
    pool: 0n,
    pot: 0n,
    terms: {
      manifest: terms.model,
      model: terms.model,
      rounds,
      minParticipants: 2,
      maxParticipants: 8,
      proposers: 2,
      voters: 2,
      contributeWindow: WINDOW,
      commitWindow: WINDOW,
      revealWindow: WINDOW,
      minStake: STAKE,
    },
  })

  const read = (number: number): AllianceRound => {
    const open = opened.get(number)
    if (open === undefined)
      return { proposers: [], voters: [], verdict: 'undecided', digest: undefined }
    return {
      proposers: open.proposers.map((one) => ({ ...one })),
      voters: open.voters.map(({ account, weight, commitment, ballot }) => ({
        account,
        weight,
        committed: commitment !== undefined,
        ballot,
      })),
      verdict: open.verdict,
      digest: open.digest,
    }
  }

  function chainOf(account: HexText): AllianceChain {
    const commitmentOf: AllianceChain['commitmentOf'] = ({ task, round: number, ballot, salt }) =>
      allianceCommitment(ballot, {
        chainId: 31_337n,
        contract: CONTRACT,
        task,
        round: BigInt(number),
        voter: account,
        salt,
      })
    return {
      account,
      state: async () => state(),
      round: async (number) => read(number),
      isDrawable: async () => true,
      means: async () => ({ stake: stakes.get(account) ?? 0n, balance: 10n ** 18n }),
      time: async () => now(),
      commitmentOf,
      async contribute(seat, digest) {
        const own = current().proposers[seat]
        if (phase !== 'contributing') throw refuse('ALLIANCE_IN_PHASE')
        if (own?.account !== account) throw refuse('NOT_PROPOSER')
        if (own.contribution !== undefined) throw refuse('ALREADY_CONTRIBUTED')
        own.contribution = digest
      },
      async commitVote(seat, commitment) {
        const own = current().voters[seat]
        if (phase !== 'committing') throw refuse('ALLIANCE_IN_PHASE')
        if (own?.account !== account) throw refuse('NOT_SEATED')
        if (own.commitment !== undefined) throw refuse('ALREADY_COMMITTED')
        own.commitment = commitment
      },
      async revealVote(seat, ballot, salt) {
        const own = current().voters[seat]
        if (phase !== 'revealing') throw refuse('ALLIANCE_IN_PHASE')
        if (own?.commitment !== commitmentOf({ task: 1n, round, ballot, salt })) {
          throw refuse('COMMITMENT_MISMATCH')
        }
        own.ballot = ballot
      },
      advance: async () => advance(),
      claim: async () => 0n,
    }
  }

  return { chainOf, state, read, stakes }
}
