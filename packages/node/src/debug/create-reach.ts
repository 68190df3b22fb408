import type { FaultStep, Reach } from './fault-step.ts'
import type { FaultDeed, FaultOrder } from './parse-fault-orders.ts'

/**
 * Carries out orders when their step is reached.
 * @param act - does the deed to this process; for `kill` it does not return.
 */
export function createReach(orders: readonly FaultOrder[], act: (deed: FaultDeed) => void): Reach {
  const counts = new Map<FaultStep, number>()
  return (step) => {
    const occurrence = (counts.get(step) ?? 0) + 1
    counts.set(step, occurrence)
    for (const order of orders) {
      if (order.step === step && order.occurrence === occurrence) act(order.deed)
    }
  }
}
