import {
  ask,
  type ChainAccount,
  ChainError,
  claimArena,
  commitScores,
  countRound,
  drawRound,
  freezeRound,
  type NetworkContracts,
  punishValidator,
  readBeaconRound,
  readPosition,
  readPurse,
  readSeat,
  readTask,
  readTaskMember,
  readTaskRounds,
  releaseMember,
  revealScores,
  scoreCommitment,
  submitModel,
  type Task,
  type TaskMember,
  type TaskRound,
  type TaskSeat,
  voidTaskRound,
} from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { getAddress } from 'viem'
import type { ChainClock } from '../chain/chain-clock.ts'
import type { ArenaStep } from './next-step.ts'

type HexText = `0x${string}`

/** What a member of a task sees of the chain, and does there; everything may throw a ChainError. */
export type ArenaChain = {
  readonly account: HexText
  /** @throws {UserError} usage UNKNOWN_TASK. */
  task(): Promise<Task>
  member(): Promise<TaskMember>
  /** A validator's seat in a round; undefined without one. */
  seat(round: number, validator: HexText): Promise<TaskSeat | undefined>
  /** Rounds that are over. */
  rounds(): Promise<readonly TaskRound[]>
  /** Whether the beacon has said what a draw waits for. */
  isDrawable(beaconRound: bigint): Promise<boolean>
  /** Own active stake in the task and native coin, in wei. */
  means(): Promise<{ readonly stake: bigint; readonly balance: bigint }>
  /** By the chain's clock, Unix seconds. */
  time(): Promise<number>
  commitmentOf(vote: {
    readonly round: number
    readonly scores: readonly number[]
    readonly salt: HexText
  }): HexText
  submit(model: HexText): Promise<unknown>
  commit(seat: number, commitment: HexText): Promise<unknown>
  reveal(seat: number, vote: { scores: readonly number[]; salt: HexText }): Promise<unknown>
  take(step: ArenaStep): Promise<unknown>
  /** @returns whether there was something to punish. */
  punish(round: number, seat: number): Promise<boolean>
  /** Pays what is due to the node. @returns wei; 0 when nothing is. */
  claim(): Promise<bigint>
  /** What was earned, and of that what is not paid yet; wei. */
  earned(): Promise<{ readonly earned: bigint; readonly waiting: bigint }>
  /** Frees the own stake of a task that has finished. */
  release(): Promise<unknown>
}

/** Where a task is, and what the account is in it. */
export type ArenaPlace = {
  readonly contracts: Pick<NetworkContracts, 'registry' | 'beacon' | 'stakeManager'>
  readonly task: bigint
  readonly role: 'node' | 'validator'
  /** Block at or before the task's creation. */
  readonly fromBlock: bigint
  readonly clock: ChainClock
}

/** A task on its chain, as one account. */
export function createArenaChain(account: ChainAccount, place: ArenaPlace): ArenaChain {
  const { contracts, task, role, fromBlock, clock } = place
  const { registry, beacon, stakeManager } = contracts
  // As contracts and reads spell it, whatever a signer was told.
  const own = getAddress(account.address)
  const one = { registry, task }
  const mine = { ...one, member: own }
  const steps: Readonly<Record<ArenaStep, () => Promise<unknown>>> = {
    freeze: () => freezeRound(account, one),
    draw: () => drawRound(account, one),
    void: () => voidTaskRound(account, one),
    count: () => countRound(account, one),
  }
  return {
    account: own,
    async task() {
      const found = await readTask(account, one)
      if (found === undefined) throw unknownTask(task)
      return found
    },
    member: () => readTaskMember(account, mine),
    seat: (round, validator) => readSeat(account, { ...one, round, validator }),
    rounds: () => readTaskRounds(account, { ...one, fromBlock }),
    async isDrawable(round) {
      return (await readBeaconRound(account, { beacon, round })).seed !== undefined
    },
    async means() {
      const stakeRole = role === 'node' ? 'training-node' : 'validator'
      const position = { operator: own, role: stakeRole, task } as const
      const [found, balance] = await Promise.all([
        readPosition(account, { stakeManager, position }),
        ask(account.public.getBalance({ address: own })),
      ])
      return { stake: found?.own ?? 0n, balance }
    },
    time: () => clock.time(),
    commitmentOf: (vote) =>
      scoreCommitment({ chainId: account.chainId, ...one, validator: own, ...vote }),
    submit: (model) => submitModel(account, { ...one, model }),
    commit: (seat, commitment) => commitScores(account, { ...one, seat, commitment }),
    reveal: (seat, vote) => revealScores(account, { ...one, seat, ...vote }),
    take: (step) => steps[step](),
    async punish(round, seat) {
      try {
        await punishValidator(account, { ...one, round, seat })
        return true
      } catch (error) {
        if (error instanceof ChainError && error.code === 'NOTHING_TO_PUNISH') return false
        throw error
      }
    },
    async claim() {
      const { due } = await readPurse(account, mine)
      if (due > 0n) await claimArena(account, mine)
      return due
    },
    async earned() {
      const rounds = await readTaskRounds(account, { ...one, fromBlock })
      const rewards = rounds.flatMap(({ models, validators }) => [
        ...models.filter(({ node }) => node === own),
        ...validators.filter(({ validator }) => validator === own),
      ])
      const { free, locked, drawn } = await readPurse(account, mine)
      const earned = rewards.reduce((sum, { reward }) => sum + reward, 0n)
      return { earned, waiting: free + locked - drawn }
    },
    release: () => releaseMember(account, mine),
  }
}

function unknownTask(task: bigint): UserError {
  return new UserError('usage', `there is no task ${task} in this arena`, {
    code: 'UNKNOWN_TASK',
    hint: 'fednode task list  shows those that there are.',
  })
}
