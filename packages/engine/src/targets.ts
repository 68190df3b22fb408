import { EngineError } from './errors.ts'
import type { Dataset, Targets } from './types.ts'

/** Targets of one kind. */
export type TargetsOf<Kind extends Targets['kind']> = Extract<Targets, { kind: Kind }>

/** The targets of a data set, which have to be of one kind. @throws {EngineError} SHAPE_MISMATCH. */
export function targetsOf<Kind extends Targets['kind']>(
  { targets }: Pick<Dataset, 'targets'>,
  kind: Kind,
): TargetsOf<Kind> {
  // The kind was compared: it is what tells the types apart.
  if (targets.kind === kind) return targets as TargetsOf<Kind>
  throw new EngineError(`The data set has targets of the kind ${targets.kind}, not ${kind}`, {
    code: 'SHAPE_MISMATCH',
    expected: `targets: ${kind}`,
    actual: `targets: ${targets.kind}`,
  })
}
