/** What a model learns, and so what its last layer gives for a row. */
export type Objective =
  /** One logit per class; softmax cross-entropy in nats. */
  | { readonly kind: 'classes'; readonly classes: number }
  /** One number, in the unit of the scaled label; `loss` of the residual: its square, its size, or Huber's with a bend at 1. */
  | { readonly kind: 'value'; readonly loss: 'mse' | 'mae' | 'huber' }
  /** One log-risk; negative log partial likelihood over the events of a batch (Cox 1972), ties as Breslow. */
  | { readonly kind: 'risk' }
  /** The row itself; mean squared error over its features. */
  | { readonly kind: 'reconstruction' }

/** How many numbers a model gives for a row of `features` numbers. */
export function outputsOf(objective: Objective, features: number): number {
  switch (objective.kind) {
    case 'classes':
      return objective.classes
    case 'reconstruction':
      return features
    default:
      return 1
  }
}
