import type { StrategySpec } from '@fednode/protocol'
import { allFinite } from './all-finite.ts'
import { sharesOf } from './blends.ts'
import { checkInput } from './check-input.ts'
import { eachSliceInTurns } from './each-slice.ts'
import { findNotFinite } from './find-not-finite.ts'
import { gramFor } from './gram-for.ts'
import { modelOf } from './model-of.ts'
import { strategyOf } from './strategy-of.ts'
import type { Aggregate, AggregationInput, ValueSink } from './types.ts'
import { updateNotFinite } from './update-not-finite.ts'
import { createWorkbench } from './workbench.ts'

/**
 * Makes the new global model of the silos' updates. Reads the updates in slices: besides the model itself, memory is one slice per
 * update. The same input gives the same bits, whatever the order of the updates. The values may be infinite when all updates are finite
 * but a server's step is too large: the caller decides what that means (T40).
 * @param keep - where a state vector for the next round goes, by name; called once per vector, before its first slice.
 * @throws {AggregatorError} NO_UPDATES, SILO_TWICE, LENGTHS_DIFFER, BAD_UPDATE_COUNT, UPDATE_NOT_FINITE.
 */
export async function aggregate(
  spec: StrategySpec,
  input: AggregationInput,
  keep: (name: string) => ValueSink,
): Promise<Aggregate> {
  const strategy = strategyOf(spec)
  const checked = checkInput(input)
  const gram = await gramFor(strategy, checked, keep)
  const workbench = createWorkbench(checked.updates.length)
  const model = modelOf(strategy, { input: checked, gram, workbench, keep })
  const values = new Float32Array(checked.base.length)
  await eachSliceInTurns(values.length, (start, count) => {
    values.set(model.slice(start, count), start)
  })
  if (!allFinite(values)) {
    const culprit = findNotFinite(checked.updates)
    if (culprit !== undefined) throw updateNotFinite(culprit.silo)
  }
  return { values, counted: [...sharesOf(model.counted)] }
}
