import type { Run } from './coordinator.ts'
import { say } from './publish.ts'
import { receiptOf } from './statements.ts'

/** A silo that asks again is answered again, but not faster than this, in ms. */
const ANSWER_INTERVAL_MS = 500

/** What is said of one update, see receiptOf. */
export type Answer = Parameters<typeof receiptOf>[1]

/** Sends receipts, the same one not too often. */
export function createAnswers(run: Run): (answer: Answer) => void {
  const answeredAt = new Map<string, number>()
  return (answer) => {
    const key = `${answer.silo} ${answer.update}`
    const now = run.deps.elapsed()
    if (now - (answeredAt.get(key) ?? Number.NEGATIVE_INFINITY) < ANSWER_INTERVAL_MS) return
    answeredAt.set(key, now)
    say(run, receiptOf(run, answer))
  }
}
