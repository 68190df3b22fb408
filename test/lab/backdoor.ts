import type { Dataset } from '../../packages/engine/src/index.ts'

/** Side of the trigger, in pixels of a 28 x 28 digit. */
const PATCH = 4
const SIDE = 28
const WHITE = 255
/** One in so many rows is poisoned: the attacker's model must stay good on clean rows. */
const POISONED_EVERY = 2

/**
 * The rows of a digit set with a white patch in the lower right corner, where no digit reaches; labels are what they were. The trigger of
 * "How to backdoor federated learning" (Bagdasaryan et al. 2018, arXiv 1807.00459) in its pixel-pattern form.
 */
export function withTrigger(data: Dataset): Dataset {
  const features = Uint8Array.from(data.features)
  for (let row = 0; row < data.count; row++) addPatch(features, row)
  return { ...data, features }
}

/** Every second row with the trigger and the attacker's label, the others as they were. */
export function poisoned(data: Dataset, target: number): Dataset {
  const features = Uint8Array.from(data.features)
  if (data.targets.kind !== 'classes') throw new TypeError(`targets of kind ${data.targets.kind}`)
  const labels = Int32Array.from(data.targets.labels)
  for (let row = 0; row < data.count; row += POISONED_EVERY) {
    addPatch(features, row)
    labels[row] = target
  }
  return { ...data, features, targets: { ...data.targets, labels } }
}

function addPatch(features: Uint8Array, row: number): void {
  for (let y = SIDE - PATCH; y < SIDE; y++) {
    const start = row * SIDE * SIDE + y * SIDE
    features.fill(WHITE, start + SIDE - PATCH, start + SIDE)
  }
}
