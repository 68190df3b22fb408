import { processesOf } from '../../e2e/processes-of.ts'
import { checkOutcome } from './check-outcome.ts'
import { FaultError } from './fault-error.ts'
import { createFaultFederation, type Federation, type FederationOptions } from './federation.ts'
import { play, type Script } from './play.ts'
import type { TinyTerms } from './tiny-plan.ts'
import { undisturbedModel } from './undisturbed.ts'

/**
 * Plays a federation under faults and compares what it leaves with one to which nothing happens: the same final model, every update and
 * every payment once, no process left.
 * @returns what was wrong; undefined when it survived.
 */
export async function survive(
  terms: TinyTerms,
  scriptFor: (federation: Federation) => Script,
  options: FederationOptions = {},
): Promise<string | undefined> {
  try {
    const wanted = await undisturbedModel(terms)
    const federation = await createFaultFederation(terms, options)
    try {
      await play(federation, scriptFor(federation))
      const { finalModel } = await checkOutcome(federation)
      if (finalModel !== wanted) return `final model ${finalModel}, not ${wanted}`
    } finally {
      await federation.remove()
    }
    const left = await processesOf(federation.root)
    return left.length === 0 ? undefined : `left running: ${left.map((one) => one.command)}`
  } catch (error) {
    if (error instanceof FaultError) return error.message
    throw error
  }
}
