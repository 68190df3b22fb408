import type { FaultStep, Reach } from './fault-step.ts'

/** The step that a call of a method stands for; undefined: none. */
type StepOf<M> = M extends (...args: infer A) => unknown
  ? (...args: A) => FaultStep | undefined
  : never

/**
 * The same object, but each of the named methods says that its step is reached once its work is done: when it returned, or when its
 * promise resolved. A call that fails reaches nothing.
 */
export function reachingAfter<T extends object>(
  target: T,
  steps: { readonly [K in keyof T]?: StepOf<T[K]> },
  reach: Reach,
): T {
  const wrapped: Record<string, unknown> = {}
  for (const name of Object.keys(steps)) {
    // StepOf names methods only, and takes what they take.
    const method = target[name as keyof T] as (...args: unknown[]) => unknown
    const stepOf = steps[name as keyof T] as (...args: unknown[]) => FaultStep | undefined
    const tell = (args: readonly unknown[]): void => {
      const step = stepOf(...args)
      if (step !== undefined) reach(step)
    }
    wrapped[name] = (...args: unknown[]) => {
      const result = method.apply(target, args)
      if (!(result instanceof Promise)) {
        tell(args)
        return result
      }
      return result.then((value: unknown) => {
        tell(args)
        return value
      })
    }
  }
  return { ...target, ...wrapped }
}
