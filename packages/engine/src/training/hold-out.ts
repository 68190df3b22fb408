import { createRandom } from '../random.ts'
import type { Dataset } from '../types.ts'
import { holdBack } from './hold-back.ts'
import { pickRows } from './pick-rows.ts'

/**
 * Splits a data set for somebody who both trains and judges: rows to train on, and a share that is only measured on. Groups stay whole;
 * the same seed gives the same split.
 * @param share - of the rows that are held out, above 0 and below 1.
 * @throws {EngineError} BAD_PLAN when there is only one row or group.
 */
export function holdOut(
  data: Dataset,
  { share, seed }: { readonly share: number; readonly seed: number },
): { readonly trained: Dataset; readonly held: Dataset } {
  const { trained, held } = holdBack(data, share, createRandom(seed))
  return { trained: pickRows(data, trained), held: pickRows(data, held) }
}
