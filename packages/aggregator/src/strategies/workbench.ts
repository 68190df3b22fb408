import { type Blender, createBlender } from '../slices/create-blender.ts'
import { createSelector, type Selector } from '../slices/create-selector.ts'

/** Kernels with their memory, made when first used and used again for every coalition. */
export type Workbench = {
  readonly blender: (outputs: number) => Blender
  readonly selector: () => Selector
}

/** A workbench for up to `updates` updates; not for two computations at a time. */
export function createWorkbench(updates: number): Workbench {
  const blenders = new Map<number, Blender>()
  let selector: Selector | undefined
  return {
    blender: (outputs) => {
      const blender = blenders.get(outputs) ?? createBlender(outputs)
      blenders.set(outputs, blender)
      return blender
    },
    selector: () => {
      selector ??= createSelector(updates)
      return selector
    },
  }
}
