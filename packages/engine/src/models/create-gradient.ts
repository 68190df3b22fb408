import { createLayerGradient } from './layer-gradient.ts'
import type { Gradient, GradientWork } from './loss-gradient.ts'
import { createStackGradient, type DenseLayers } from './stack-gradient.ts'

/** The gradient of a model: written out where there is code for model and plan, by automatic differentiation otherwise. */
export function createGradient(work: GradientWork): Gradient {
  const written = writtenLayers(work)
  return written === undefined ? createLayerGradient(work) : createStackGradient(written, work)
}

/** Layers that training has code of its own for, under this plan on this back end; undefined where it goes by automatic differentiation. */
export function writtenLayers({
  model,
  plan,
  backend,
}: Pick<GradientWork, 'model' | 'plan' | 'backend'>): DenseLayers | undefined {
  const { stack, objective, adaptation } = model
  const { optimizer, momentum = 0, weightDecay = 0, classWeights } = plan
  const isPlain = optimizer === 'sgd' && momentum === 0 && weightDecay === 0
  const isWritten = isPlain && classWeights === undefined && objective.kind === 'classes'
  // The written-out code reads every batch's logits at once, which memory of a GPU is too far away for.
  const isNear = backend === 'wasm' || backend === 'cpu'
  const isWhole = adaptation === undefined
  const isDense = stack !== undefined && stack.spatial.length === 0
  return isDense && isWritten && isNear && isWhole ? stack.dense : undefined
}
