import type { TrainingPlan } from '@fednode/protocol'
import { EngineError } from '../errors.ts'

const MAX_HELD_SHARE = 1

/** @throws {EngineError} BAD_PLAN unless every number of a plan is in its range. */
export function checkPlan(plan: TrainingPlan): void {
  const { learningRate, batchSize, epochs, steps, clipNorm, momentum, weightDecay } = plan
  if (!(learningRate > 0 && Number.isFinite(learningRate)))
    throw badPlan(`learning rate ${learningRate} is not positive`)
  checkCount(batchSize, 'batch size')
  if ((epochs === undefined) === (steps === undefined))
    throw badPlan('either epochs or steps say how long it lasts')
  checkCount(epochs ?? 1, 'epochs')
  checkCount(steps ?? 1, 'steps')
  if (clipNorm !== undefined && !(clipNorm > 0))
    throw badPlan(`clip norm ${clipNorm} is not positive`)
  if (momentum !== undefined && !(momentum >= 0 && momentum < 1))
    throw badPlan(`momentum ${momentum} is not a number from 0 to below 1`)
  if (weightDecay !== undefined && !(weightDecay >= 0 && Number.isFinite(weightDecay)))
    throw badPlan(`weight decay ${weightDecay} is not a number from 0 up`)
  checkEarlyStop(plan)
}

/** A plan or an option outside its range. */
export function badPlan(reason: string): EngineError {
  return new EngineError(`Training plan: ${reason}`, { code: 'BAD_PLAN', reason })
}

function checkEarlyStop({ earlyStop, epochs }: TrainingPlan): void {
  if (earlyStop === undefined) return
  const { share, patience } = earlyStop
  if (epochs === undefined) throw badPlan('an early stop counts epochs, not steps')
  if (!(share > 0 && share < MAX_HELD_SHARE))
    throw badPlan(`the share ${share} that is held back is not between 0 and 1`)
  checkCount(patience, 'patience')
}

function checkCount(value: number, what: string): void {
  if (!Number.isSafeInteger(value) || value < 1)
    throw badPlan(`${what} ${value} is not a positive integer`)
}
