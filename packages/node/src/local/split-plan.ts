import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { splitTable } from '@fednode/engine'
import { cidOfBytes, isSiloName, type Manifest, type SiloName, UserError } from '@fednode/protocol'
import { dataSource } from '../plan/data-source.ts'
import { VALIDATION_TABLE } from '../verify/validation-file.ts'
import { checkAttackers } from './check-attackers.ts'
import { markAttackers } from './mark-attackers.ts'
import type { FederationPlan, PlannedAttack } from './plan.ts'
import { splitRulesOf } from './split-rules.ts'

const PRIVATE_FILE = 0o600
const MAX_NAME = 40

/** Lays out the files of a federation in a directory. */
export type LayOut = (directory: string) => Promise<FederationPlan<Manifest>>

/**
 * A local federation of one table, split by the silo column that the manifest names; a share of each silo's rows is held out for the
 * aggregator. Nothing is written before the files are laid out.
 * @throws {UserError} usage: NO_SILO_COLUMN, TOO_FEW_SILOS, and as checkAttackers; data: as splitTable.
 */
export async function planSplit(options: {
  readonly cwd: string
  readonly manifest: Manifest
  /** What --data says: a path or a query. */
  readonly source: string
  readonly attack?: PlannedAttack | undefined
}): Promise<LayOut> {
  const { manifest } = options
  const { data } = manifest
  if (data.kind === 'array' || data.silo === undefined)
    throw new UserError('usage', `--data ${options.source}: expected NAME=FILE`, {
      code: 'NO_SILO_COLUMN',
      hint: 'One file is split by the column that the manifest names as  data.silo;  federation init --silos COLUMN  writes it.',
    })
  const split = await splitTable(
    dataSource(options.cwd, options.source),
    { ...data, silo: data.silo },
    splitRulesOf(manifest),
  )
  if (split.silos.length < manifest.rounds.minSilos)
    throw new UserError(
      'usage',
      `${split.silos.length} values of ${data.silo} have ${manifest.privacy.minimumRows} rows, the manifest asks for at least ${manifest.rounds.minSilos} silos`,
      { code: 'TOO_FEW_SILOS' },
    )
  if (options.attack !== undefined) checkAttackers(options.attack, split.silos.length)
  return async (directory) => {
    const validationFile = path.join(directory, VALIDATION_TABLE)
    const heldOut = new TextEncoder().encode(split.heldOut)
    await writeFile(validationFile, heldOut, { mode: PRIVATE_FILE })
    const names = siloNames(split.silos.map(({ value }) => value))
    const silos = split.silos.map(async ({ csv }, index) => {
      const name = names[index] as SiloName
      const file = path.join(directory, `${name}.csv`)
      await writeFile(file, csv, { mode: PRIVATE_FILE })
      return { name, file, flippedShare: 0 }
    })
    return {
      manifest: withHeldOut(manifest, heldOut),
      validationFile,
      silos: markAttackers(await Promise.all(silos), options.attack),
    }
  }
}

/** The rows that were drawn: those of the manifest unless it was edited, or the file is another. */
function withHeldOut<M extends Manifest>(manifest: M, heldOut: Uint8Array): M {
  const contribution = { ...manifest.contribution, validation: cidOfBytes(heldOut) }
  return { ...manifest, contribution }
}

/** Names of silos after the values of their column: "New York" is new-york; those that become the same are numbered. */
export function siloNames(values: readonly string[]): readonly SiloName[] {
  const taken = new Set<string>()
  return values.map((value, index) => {
    const slug = value
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
    const plain = /[a-z]/.test(slug) ? slug : `silo-${slug === '' ? index + 1 : slug}`
    const short = plain.slice(0, MAX_NAME - String(index).length - 1).replace(/-+$/, '')
    const name = taken.has(short) ? `${short}-${index + 1}` : short
    taken.add(name)
    if (isSiloName(name)) return name
    throw new UserError('data', `"${name}" is no name for a silo`, { code: 'BAD_SILO_NAME' })
  })
}
