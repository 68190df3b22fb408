import { classValuesOf, type Evidence } from '@fednode/aggregator'
import { classesOf, decodeManifest, UserError } from '@fednode/protocol'

/** What silos added to the recall of every class, summed over the rounds in which it was measured. */
export type ClassTable = {
  readonly classes: readonly string[]
  readonly silos: readonly {
    readonly silo: string
    /** One per class. */
    readonly values: readonly number[]
  }[]
}

/**
 * Values per class of all silos in some rounds, from their bundles.
 * @throws {UserError} NO_CLASSES (usage) when no round was measured by class. {AggregatorError} CLASSES_UNKNOWN.
 */
export async function classTable(evidences: readonly Evidence[]): Promise<ClassTable> {
  const totals = new Map<string, number[]>()
  for (const evidence of evidences) {
    const values = (await classValuesOf(evidence)) ?? []
    evidence.silos.forEach(({ silo }, i) => {
      const total = totals.get(silo) ?? []
      values.forEach((ofClass, label) => {
        total[label] = (total[label] ?? 0) + (ofClass[i] ?? 0)
      })
      totals.set(silo, total)
    })
  }
  const silos = [...totals].map(([silo, values]) => ({ silo, values }))
  const [first] = evidences
  if (first === undefined || silos.every(({ values }) => values.length === 0)) throw notMeasured()
  return { classes: classNames(first), silos }
}

function classNames({ manifestBytes }: Evidence): readonly string[] {
  return classesOf(decodeManifest(manifestBytes).data)
}

function notMeasured(): UserError {
  return new UserError('usage', '--values class-wise: these rounds were not measured by class', {
    code: 'NO_CLASSES',
    hint: 'A federation measures classes when its manifest says  contribution.classWise: true',
  })
}
