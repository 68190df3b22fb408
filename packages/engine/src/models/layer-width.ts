import { sizeOf } from '@fednode/protocol'
import type { LayerPlan } from './layer-plan.ts'

/** Of an LSTM. */
const MAX_GATES = 4

/** Numbers that one row takes in a layer at once. */
export function layerWidth({ spec, input, output }: LayerPlan): number {
  if (spec.className !== 'LSTM' && spec.className !== 'GRU') return sizeOf(output)
  // The gates of all steps are computed at once.
  return (input[0] as number) * MAX_GATES * spec.config.units
}
