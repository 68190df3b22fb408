import type { Dataset, Targets } from '../../packages/engine/src/index.ts'

/** Class indexes of rows that have classes. @throws {TypeError} for other rows. */
export function classTargets({ targets }: Dataset): Extract<Targets, { kind: 'classes' }> {
  if (targets.kind !== 'classes') throw new TypeError(`targets of kind ${targets.kind}`)
  return targets
}
