import { UserError } from '@fednode/protocol'
import { FAULT_STEPS, type FaultStep } from './fault-step.ts'

/** What a process does to itself: `kill` is SIGKILL, `freeze` is SIGSTOP (somebody else sends SIGCONT). */
export type FaultDeed = 'kill' | 'freeze'

/** Do `deed` when `step` is reached for the `occurrence`-th time since the process started, from 1. */
export type FaultOrder = {
  readonly deed: FaultDeed
  readonly step: FaultStep
  readonly occurrence: number
}

const ORDER = /^(kill|freeze)@([a-z.-]+):([1-9]\d{0,5})$/

/**
 * Reads orders such as `kill@silo.trained:2,freeze@aggregator.tx-sent:1`; an empty text has none.
 * @throws {UserError} usage BAD_FAULT_ORDER.
 */
export function parseFaultOrders(text: string): readonly FaultOrder[] {
  return text === '' ? [] : text.split(',').map(parseOrder)
}

function parseOrder(text: string): FaultOrder {
  const [, deed, step, occurrence] = ORDER.exec(text) ?? []
  if ((deed === 'kill' || deed === 'freeze') && isStep(step)) {
    return { deed, step, occurrence: Number(occurrence) }
  }
  throw new UserError('usage', `FEDNODE_DEBUG_FAULTS: "${text}" is no order`, {
    code: 'BAD_FAULT_ORDER',
    hint: `Write  kill@STEP:N  or  freeze@STEP:N  with one of ${FAULT_STEPS.join(', ')}`,
  })
}

function isStep(text: string | undefined): text is FaultStep {
  return (FAULT_STEPS as readonly (string | undefined)[]).includes(text)
}
