import { METRIC_NAMES } from '@fednode/protocol'
import { z } from 'zod'
import { findingSchema } from '../detection/finding.ts'
import type { AcceptedUpdate, RoundRecord } from '../types.ts'
import type { ChainTask } from './chain-task.ts'
import { blobRefColumn, siloColumn } from './columns.ts'
import type { Refusal } from './updates.ts'

const secondsSchema = z.strictObject({
  train: z.number(),
  transfer: z.number(),
  aggregate: z.number(),
  assess: z.number(),
})

/** What is known of a round when it closes; the chain's part follows later and lives in the queue. */
export const assessedRoundSchema = z.strictObject({
  round: z.int().positive(),
  model: blobRefColumn,
  evidence: blobRefColumn,
  /** Vectors that the strategy carries to the next round. */
  strategyState: z.array(z.strictObject({ name: z.string(), blob: blobRefColumn })).default([]),
  metrics: z.partialRecord(z.enum(METRIC_NAMES), z.number()),
  loss: z.number(),
  utilityBefore: z.number(),
  utilityAfter: z.number(),
  contributions: z.array(
    z.strictObject({
      silo: siloColumn,
      shapley: z.number(),
      standardError: z.number(),
      utilityWithout: z.number().exactOptional(),
      counted: z.number().exactOptional(),
      share: z.int(),
    }),
  ),
  findings: z.array(findingSchema).exactOptional(),
  seconds: secondsSchema,
  /** No pay and no new model: too few updates, or a diverged one. */
  void: z.boolean(),
})
export type AssessedRound = z.infer<typeof assessedRoundSchema>

/** Puts the parts of the journal together into what `fednode run show` prints. */
export function composeRoundRecord(
  round: AssessedRound,
  parts: {
    readonly updates: readonly AcceptedUpdate[]
    readonly refusals: readonly Omit<Refusal, 'update'>[]
    readonly tasks: readonly ChainTask[]
    readonly modelDigest: `0x${string}`
  },
): RoundRecord {
  const { void: _, seconds, ...rest } = round
  const { tasks, updates, refusals, modelDigest } = parts
  return {
    ...rest,
    updates: updates.map(({ silo, update, samples, trainMs, lossMicros }) => ({
      silo,
      update,
      samples,
      trainMs,
      lossMicros,
    })),
    refusals,
    pot: potOf(tasks),
    seconds: { ...seconds, anchor: tasks.reduce((sum, task) => sum + task.seconds, 0) },
    gas: tasks.reduce((sum, task) => sum + task.gas, 0),
    modelDigest,
    evidenceCid: round.evidence.cid,
    state: stateOf(round, tasks),
  }
}

function potOf(tasks: readonly ChainTask[]): bigint {
  const work = tasks.map((task) => task.work).find(({ step }) => step === 'fund')
  return work?.step === 'fund' ? BigInt(work.amountWei) : 0n
}

function stateOf(round: AssessedRound, tasks: readonly ChainTask[]): RoundRecord['state'] {
  const paysNobody = round.contributions.every(({ share }) => share === 0)
  if (round.void || tasks.some((task) => task.voided)) return 'void'
  if (tasks.length > 0 && tasks.every((task) => task.done)) return paysNobody ? 'void' : 'final'
  return tasks.some((task) => task.work.step === 'assert' && task.done) ? 'anchored' : 'assessed'
}
