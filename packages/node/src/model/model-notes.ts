import type { FoundModel } from './found-model.ts'
import { modelOrigin } from './model-origin.ts'

/** What a model file says of itself: where it comes from, and how rows become its input. */
export function modelNotes(found: FoundModel): Readonly<Record<string, string>> {
  const { round, ...origin } = modelOrigin(found)
  const { personal } = found.kept ?? {}
  return {
    ...origin,
    ...(personal === undefined ? {} : { personal: personal.join() }),
    ...(round === undefined ? {} : { round: String(round) }),
    task: found.manifest.task,
    data: JSON.stringify(found.data),
  }
}
