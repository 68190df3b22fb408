import process from 'node:process'
import { UserError } from '@fednode/protocol'
import { createReach } from './create-reach.ts'
import type { Reach } from './fault-step.ts'
import { type FaultDeed, parseFaultOrders } from './parse-fault-orders.ts'

const FAULTS = 'FEDNODE_DEBUG_FAULTS'
const CLOCK_OFFSET = 'FEDNODE_DEBUG_CLOCK_OFFSET_MS'
const INTEGER = /^-?\d{1,12}$/
const SIGNALS = { kill: 'SIGKILL', freeze: 'SIGSTOP' } as const

/** What tests of faults change in a process; nothing of it is set in production. */
export type DebugOrders = {
  readonly reach?: Reach
  /** Unix ms, as wrong as asked for. */
  now(): number
}

/**
 * Reads FEDNODE_DEBUG_FAULTS (test/faults) and FEDNODE_DEBUG_CLOCK_OFFSET_MS.
 * @param options - `now`: the real clock; `act` does a deed to this process.
 * @throws {UserError} usage BAD_FAULT_ORDER, BAD_CLOCK_OFFSET.
 */
export function readDebugOrders(
  env: Readonly<Record<string, string | undefined>>,
  options: { readonly act?: (deed: FaultDeed) => void; now(): number },
): DebugOrders {
  const { act = signalSelf } = options
  const orders = parseFaultOrders(env[FAULTS] ?? '')
  const offset = env[CLOCK_OFFSET] ?? '0'
  if (!INTEGER.test(offset)) {
    throw new UserError('usage', `${CLOCK_OFFSET}: "${offset}" is no whole number of ms`, {
      code: 'BAD_CLOCK_OFFSET',
      hint: 'Write for example  600000  for ten minutes ahead.',
    })
  }
  const now = (): number => options.now() + Number(offset)
  return orders.length === 0 ? { now } : { now, reach: createReach(orders, act) }
}

/** The kernel delivers it before the call returns: nothing of this process runs on. */
function signalSelf(deed: FaultDeed): void {
  process.kill(process.pid, SIGNALS[deed])
}
