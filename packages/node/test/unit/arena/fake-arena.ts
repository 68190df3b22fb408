import { createHash } from 'node:crypto'
import {
  ChainError,
  NO_SCORE,
  type Task,
  type TaskRound,
  type TaskSeat,
  type TaskTerms,
} from '@fednode/contracts'
import type { ArenaChain } from '../../../src/arena/arena-chain.ts'
import type { ArenaStep } from '../../../src/arena/next-step.ts'

type HexText = `0x${string}`
type Seat = {
  readonly validator: HexText
  commitment: HexText | undefined
  scores: readonly number[] | undefined
}

const WINDOW = 600
const STAKE = 3_000n
const DIGEST: HexText = `0x${'ab'.repeat(32)}`
const TERMS: TaskTerms = {
  manifest: DIGEST,
  evaluation: DIGEST,
  rounds: 1,
  submitSeconds: WINDOW,
  commitSeconds: WINDOW,
  revealSeconds: WINDOW,
  shareBps: 1_000,
  seats: 16,
}

/**
 * A task in memory that goes by the contract's order of phases. All validators are drawn for all models; its clock goes to a deadline once
 * everybody who is expected has done his part. Everybody gets a reward of one token per place or seat.
 */
export function createFakeArena(about: {
  readonly nodes: readonly HexText[]
  readonly validators: readonly HexText[]
  readonly rounds: number
  /** The chain's time at first, Unix seconds. */
  readonly startsAt: number
}) {
  const { nodes, validators, rounds, startsAt } = about
  const terms = { ...TERMS, rounds }
  const models = new Map<HexText, HexText>()
  const stakes = new Map([...nodes, ...validators].map((account) => [account, STAKE]))
  const released = new Set<HexText>()
  const over: TaskRound[] = []
  let time = startsAt
  let [phase, round, deadline]: [Task['phase'], number, number] = [
    'submitting',
    1,
    startsAt + WINDOW,
  ]
  let entries: Task['entries'] = []
  let seats: Seat[] = []
  const seated = new Map<number, readonly Seat[]>()
  let submitted = new Set<HexText>()

  const refuse = (code: string): ChainError => new ChainError(code, { code })
  const need = (isRight: boolean, code: string): void => {
    if (!isRight) throw refuse(code)
  }
  const goTo = (moment: number): void => {
    time = Math.max(time, moment)
  }
  const steps: Record<ArenaStep, () => void> = {
    freeze() {
      need(phase === 'submitting', 'WRONG_TASK_PHASE')
      need(time >= deadline, 'TASK_PHASE_RUNNING')
      entries = nodes.flatMap((node) => {
        const model = models.get(node)
        return model === undefined ? [] : [{ node, weight: STAKE, model }]
      })
      seats = validators.map((validator) => ({
        validator,
        commitment: undefined,
        scores: undefined,
      }))
      seated.set(round, seats)
      ;[phase, deadline] = ['drawing', time + WINDOW]
    },
    draw() {
      need(phase === 'drawing', 'WRONG_TASK_PHASE')
      ;[phase, deadline] = ['voting', time + WINDOW]
    },
    void: () => need(false, 'TASK_PHASE_RUNNING'),
    count() {
      need(phase === 'voting', 'WRONG_TASK_PHASE')
      need(time >= deadline, 'TASK_PHASE_RUNNING')
      over.push(endOf())
      const isLast = round === rounds
      ;[phase, deadline] = [isLast ? 'finished' : 'submitting', time + WINDOW]
      if (!isLast) round += 1
      submitted = new Set()
    },
  }

  function endOf(): TaskRound {
    const all = seats.flatMap(({ scores }) => (scores === undefined ? [] : [scores]))
    const consensus = entries.map((_, model) => median(all.map((scores) => scores[model] ?? 0)))
    return {
      round,
      result: 'counted',
      models: entries.map(({ node, model }, at) => {
        return { node, model, consensus: consensus[at] ?? 0, reward: 1n }
      }),
      validators: seats.map(({ validator, scores }) => {
        return { validator, scores, reward: scores === undefined ? 0n : 1n }
      }),
    }
  }

  const read = (): Task => ({
    terms,
    creator: DIGEST.slice(0, 42) as HexText,
    phase,
    round,
    deadline,
    finishedAt: 0,
    beaconRound: 1n,
    pot: 0n,
    nodes,
    validators,
    entries,
  })

  function chainOf(account: HexText): ArenaChain {
    const rewardsOf = (): bigint =>
      over
        .flatMap(({ models: placed, validators: judges }) => [
          ...placed.filter(({ node }) => node === account),
          ...judges.filter(({ validator }) => validator === account),
        ])
        .reduce((sum, { reward }) => sum + reward, 0n)
    let claimed = 0n
    return {
      account,
      task: async () => read(),
      member: async () => ({
        role: nodes.includes(account) ? 'node' : 'validator',
        released: released.has(account),
        model: models.get(account),
      }),
      async seat(number, validator): Promise<TaskSeat | undefined> {
        const all = seated.get(number) ?? []
        const at = all.findIndex((one) => one.validator === validator)
        const one = all[at]
        if (one === undefined) return undefined
        return {
          seat: at,
          models: phase === 'drawing' ? [] : entries.map((_entry, model) => model),
          committed: one.commitment !== undefined,
          revealed: one.scores !== undefined,
          punished: false,
        }
      },
      rounds: async () => over,
      isDrawable: async () => true,
      means: async () => ({ stake: stakes.get(account) ?? 0n, balance: 10n ** 18n }),
      time: async () => time,
      commitmentOf: (vote) =>
        `0x${sha256(JSON.stringify([account, vote.round, vote.scores, vote.salt]))}`,
      async submit(model) {
        need(nodes.includes(account), 'NOT_IN_TASK')
        models.set(account, model)
        submitted.add(account)
        if (submitted.size === nodes.length) goTo(deadline)
      },
      async commit(at, commitment) {
        const seat = seats[at] as Seat
        need(phase === 'voting' && time < deadline, 'TASK_PHASE_OVER')
        need(seat.validator === account, 'NOT_SEATED')
        need(seat.commitment === undefined, 'ALREADY_COMMITTED')
        seat.commitment = commitment
        if (seats.every((one) => one.commitment !== undefined)) goTo(deadline)
      },
      async reveal(at, { scores, salt }) {
        const seat = seats[at] as Seat
        need(phase === 'voting' && time >= deadline, 'TASK_PHASE_RUNNING')
        need(seat.scores === undefined, 'ALREADY_REVEALED')
        const given = sha256(JSON.stringify([account, round, scores, salt]))
        // No race: a member that cannot open its own commitment has a defect, and ends.
        if (`0x${given}` !== seat.commitment) throw new TypeError('not what was committed to')
        seat.scores = scores
      },
      take: async (step) => steps[step](),
      punish: async () => false,
      async claim() {
        const due = rewardsOf() - claimed
        claimed += due
        return due
      },
      earned: async () => ({ earned: rewardsOf(), waiting: 0n }),
      release: async () => void released.add(account),
    }
  }

  return {
    chainOf,
    read,
    /** Rounds that are over. */
    over: over as readonly TaskRound[],
    seats: () => seats,
    slash: (account: HexText) => stakes.set(account, 0n),
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function median(scores: readonly number[]): number {
  if (scores.length === 0) return NO_SCORE
  const sorted = scores.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? NO_SCORE
}
