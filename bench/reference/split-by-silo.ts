import { type Dataset, splitTable } from '../../packages/engine/src/index.ts'
import type { TabularData, TextData } from '../../packages/protocol/src/index.ts'

/** A fifth of every silo's rows is held out. */
const SHARE = 0.2
const MAX_SILOS = 100
const MAX_CHARACTERS = 268_435_456

/** One table as `fednode up --data FILE` splits it by the silo column of its schema; CSV texts. */
export async function splitBySilo(
  file: string,
  data: (TabularData | TextData) & { readonly silo: string },
  seed: number,
): Promise<{ readonly silos: readonly string[]; readonly heldOut: string }> {
  const limits = { minimumRows: 1, maxSilos: MAX_SILOS, maxCharacters: MAX_CHARACTERS }
  const { silos, heldOut } = await splitTable(file, data, { share: SHARE, seed, ...limits })
  return { silos: silos.map(({ csv }) => csv), heldOut }
}

/** Rows of all silos as one data set, for what a model of pooled rows would reach. */
export function pooledRows(silos: readonly Dataset[]): Dataset {
  const [first] = silos
  if (first === undefined) throw new RangeError('no silos to pool')
  const labels = silos.flatMap(({ targets }) =>
    targets.kind === 'classes' ? [...targets.labels] : [],
  )
  const features = new Float32Array(silos.reduce((sum, silo) => sum + silo.features.length, 0))
  let offset = 0
  for (const silo of silos) {
    features.set(silo.features, offset)
    offset += silo.features.length
  }
  const classes = first.targets.kind === 'classes' ? first.targets.classes : 0
  const targets = { kind: 'classes', labels: Int32Array.from(labels), classes } as const
  return { ...first, count: labels.length, features, targets }
}
