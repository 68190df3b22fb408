import type { FoundModel } from './found-model.ts'

/**
 * What whoever gives a model away should know of layers that never left the silo: they come from its rows alone.
 * @returns undefined where the model has none.
 */
export function personalWarning({ kept }: Pick<FoundModel, 'kept'>): string | undefined {
  if (kept?.personal === undefined) return undefined
  return `${kept.personal.join(', ')}: as this silo trained them on its own rows. Whoever gets the file gets what the federation never saw`
}
