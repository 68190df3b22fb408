import { checkOutcome } from './check-outcome.ts'
import { createFaultFederation } from './federation.ts'
import { play } from './play.ts'
import type { TinyTerms } from './tiny-plan.ts'

const TIMEOUT_MS = 180_000

const known = new Map<string, Promise<string>>()

/** The final model of a federation to which nothing happens; played once for the same terms. */
export function undisturbedModel(terms: TinyTerms): Promise<string> {
  const key = JSON.stringify(terms)
  const model = known.get(key) ?? playUndisturbed(terms)
  known.set(key, model)
  return model
}

async function playUndisturbed(terms: TinyTerms): Promise<string> {
  const federation = await createFaultFederation(terms)
  try {
    await play(federation, { timeoutMs: TIMEOUT_MS })
    return (await checkOutcome(federation)).finalModel
  } finally {
    await federation.remove()
  }
}
