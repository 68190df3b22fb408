import { access, readFile } from 'node:fs/promises'
import path from 'node:path'
import { isQuery } from '@fednode/engine'
import {
  isSiloName,
  type Manifest,
  parseManifestYaml,
  type SiloName,
  UserError,
} from '@fednode/protocol'
import { cidOfData } from '../plan/cid-of-data.ts'
import { checkAttackers } from './check-attackers.ts'
import { markAttackers } from './mark-attackers.ts'
import type { FederationPlan, PlannedAttack, PlannedSilo } from './plan.ts'
import { type LayOut, planSplit } from './split-plan.ts'

/** What the user named on the command line; paths as typed. */
export type UserFiles = {
  readonly cwd: string
  readonly manifestFile: string
  /** `name=FILE`, one per silo. */
  readonly data: readonly string[]
  readonly validationFile: string | undefined
  readonly rounds: number | undefined
  readonly attack?: PlannedAttack | undefined
}

/** `--data a=a.csv`, not the whole table in one. */
const NAMED = /^[^=\s]+=/

/** A local federation of the user's own data: one table that is split, or a file for every silo. @throws {UserError} as planUserFiles and planSplit. */
export async function planUserData(files: UserFiles): Promise<LayOut> {
  const [source] = files.data
  if (files.data.length !== 1 || source === undefined || (NAMED.test(source) && !isQuery(source))) {
    const plan = await planUserFiles(files)
    return async () => plan
  }
  const { cwd, attack, rounds, validationFile } = files
  if (validationFile !== undefined)
    throw new UserError('usage', '--validation: one table holds the held-out rows too', {
      code: 'BAD_DATA_FLAG',
      hint: 'Leave it out, or give every silo its file with  --data NAME=FILE.',
    })
  const manifest = await readManifest(files)
  const count = rounds ?? manifest.rounds.count
  const layOut = await planSplit({
    cwd,
    source,
    attack,
    manifest: { ...manifest, rounds: { ...manifest.rounds, count } },
  })
  return async (directory) => {
    const plan = await layOut(directory)
    return { ...plan, manifest: withSilos(plan.manifest, plan.silos.length) }
  }
}

/** Registration closes when everybody whom the command starts is there. */
function withSilos(manifest: Manifest, maxSilos: number): Manifest {
  return { ...manifest, rounds: { ...manifest.rounds, maxSilos } }
}

async function readManifest({ cwd, manifestFile }: UserFiles): Promise<Manifest> {
  const yaml = await readOrExplain(path.resolve(cwd, manifestFile), manifestFile, 'the manifest')
  return parseManifestYaml(new TextDecoder().decode(yaml), manifestFile)
}

/**
 * A local federation of the user's own files, checked as far as can be before anything is started.
 * @throws {UserError} usage: BAD_DATA_FLAG, TOO_FEW_SILOS, TOO_MANY_SILOS, FILE_MISSING; data: WRONG_VALIDATION.
 */
export async function planUserFiles(files: UserFiles): Promise<FederationPlan<Manifest>> {
  const { cwd } = files
  const manifest = await readManifest(files)
  const silos = files.data.map((text) => plannedSilo(text, cwd))
  checkSilos(silos, manifest.rounds)
  if (files.attack !== undefined) checkAttackers(files.attack, silos.length)
  for (const silo of silos) {
    await access(silo.file).catch((cause: unknown) => {
      throw missing(silo.file, `the data of ${silo.name}`, cause)
    })
  }
  const validationFile = await checkValidation(files, manifest)
  const count = files.rounds ?? manifest.rounds.count
  return {
    manifest: withSilos({ ...manifest, rounds: { ...manifest.rounds, count } }, silos.length),
    validationFile,
    silos: markAttackers(silos, files.attack),
  }
}

function plannedSilo(text: string, cwd: string): PlannedSilo {
  const [name = '', ...rest] = text.split('=')
  const file = rest.join('=')
  if (isSiloName(name) && file !== '')
    return { name, file: path.resolve(cwd, file), flippedShare: 0 }
  throw new UserError('usage', `--data ${text}: expected NAME=FILE`, {
    code: 'BAD_DATA_FLAG',
    hint: 'Names are lower-case letters, digits and hyphens, for example  --data hospital-a=a.csv',
  })
}

function checkSilos(
  silos: readonly PlannedSilo[],
  limits: { readonly minSilos: number; readonly maxSilos: number },
): void {
  const names = new Set<SiloName>(silos.map(({ name }) => name))
  if (names.size < silos.length) {
    throw new UserError('usage', '--data names one silo twice', { code: 'BAD_DATA_FLAG' })
  }
  if (silos.length < limits.minSilos) {
    throw new UserError(
      'usage',
      `${silos.length} silos are named, the manifest asks for at least ${limits.minSilos}`,
      { code: 'TOO_FEW_SILOS', hint: 'Give  --data NAME=FILE  once for every silo.' },
    )
  }
  if (silos.length > limits.maxSilos) {
    throw new UserError(
      'usage',
      `${silos.length} silos are named, the manifest allows at most ${limits.maxSilos}`,
      { code: 'TOO_MANY_SILOS', hint: 'Raise  rounds.maxSilos  in the manifest.' },
    )
  }
}

async function checkValidation(
  files: UserFiles,
  { data, contribution }: Manifest,
): Promise<string> {
  const { cwd, validationFile } = files
  if (validationFile === undefined) {
    throw new UserError('usage', 'the aggregator needs held-out rows', {
      code: 'FILE_MISSING',
      hint: 'Name the file that the manifest was made with:  --validation FILE',
    })
  }
  const file = path.resolve(cwd, validationFile)
  await access(file).catch((cause: unknown) => {
    throw missing(validationFile, 'the held-out rows', cause)
  })
  const actual = await cidOfData(file, data)
  const expected = contribution.validation
  if (actual === expected) return file
  throw new UserError(
    'data',
    `${validationFile}: this is ${actual}, but the manifest says contribution.validation: ${expected}`,
    {
      code: 'WRONG_VALIDATION',
      hint: 'Values are measured on exactly the file that every silo agreed to.',
    },
  )
}

async function readOrExplain(file: string, shown: string, what: string): Promise<Uint8Array> {
  return readFile(file).catch((cause: unknown) => {
    throw missing(shown, what, cause)
  })
}

function missing(file: string, what: string, cause: unknown): UserError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
  return new UserError('usage', `${file}: cannot read ${what} (${code})`, {
    code: 'FILE_MISSING',
    cause,
  })
}
