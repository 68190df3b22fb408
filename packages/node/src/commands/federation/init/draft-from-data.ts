import { type InferredData, inferData, splitTable } from '@fednode/engine'
import { type Cid, cidOfBytes, type DataSpec, UserError } from '@fednode/protocol'
import { splitRulesOf } from '../../../local/split-rules.ts'
import { cidOfData } from '../../../plan/cid-of-data.ts'
import { DEFAULT_MINIMUM_ROWS } from '../../../plan/draft-manifest.ts'

/** What a look at a file gave. */
export type DataDraft = InferredData & {
  /** CID of the held-out rows: the file's own, or those that `up` will draw from it. */
  readonly validation: Cid
  /** Values of the silo column that take part; undefined where the file is not split. */
  readonly silos: readonly string[] | undefined
  /** Values of the silo column that do not. */
  readonly smallSilos: readonly string[]
}

/**
 * Looks at a table, and at how `fednode up` will split it when there is a silo column.
 * @throws {UserError} data: as inferData and splitTable; TOO_FEW_SILOS.
 */
export async function draftFromData(
  source: string,
  options: Parameters<typeof inferData>[1] & {
    readonly seed: number
    readonly minSilos: number
    readonly maxSilos: number
  },
): Promise<DataDraft> {
  const inferred = await inferData(source, options)
  const { data } = inferred
  if (!isSplit(data))
    return {
      ...inferred,
      validation: await cidOfData(source, data),
      silos: undefined,
      smallSilos: [],
    }
  const rules = splitRulesOf({
    seed: options.seed,
    privacy: { minimumRows: DEFAULT_MINIMUM_ROWS },
    rounds: { maxSilos: options.maxSilos },
  })
  const { silos, heldOut, leftOut } = await splitTable(source, data, rules)
  if (silos.length < options.minSilos)
    throw new UserError(
      'data',
      `column ${data.silo} has ${silos.length} values with ${DEFAULT_MINIMUM_ROWS} rows to train on, a round needs ${options.minSilos} silos`,
      { code: 'TOO_FEW_SILOS', hint: 'Name another column with --silos.' },
    )
  return {
    ...inferred,
    validation: cidOfBytes(new TextEncoder().encode(heldOut)),
    silos: silos.map(({ value }) => value),
    smallSilos: leftOut.map(({ value }) => value),
  }
}

function isSplit(
  data: DataSpec,
): data is Exclude<DataSpec, { readonly kind: 'array' }> & { readonly silo: string } {
  return data.kind !== 'array' && data.silo !== undefined
}
