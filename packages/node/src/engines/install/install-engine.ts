import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import {
  type EngineFinding,
  findEngine,
  INSTALLED_FILE,
  type InstalledBackend,
} from '@fednode/engine'
import { UserError } from '@fednode/protocol'
import type { Context } from '../../framework/context.ts'
import { engineDirectory } from '../engine-directory.ts'
import { engineSurroundings } from '../open-engine.ts'
import { installNative, type LibrarySource } from './install-native.ts'
import { installWebgpu } from './install-webgpu.ts'
import type { Installation } from './installation.ts'

/** What is installed, and from where. */
export type InstallOptions = LibrarySource & {
  readonly engine: InstalledBackend
  /** Absolute folder of npm tarballs. */
  readonly packages?: string | undefined
  readonly webgpuAdapter?: string | undefined
}

/** The engine as it is used from now on. */
export type Installed = { readonly finding: EngineFinding; readonly folder: string }

/**
 * Installs an engine beside the others and tests it there; only one that passes takes the place of what was installed before.
 * @throws {UserError} as installNative and installWebgpu; data ENGINE_UNUSABLE when it fails its self-test.
 */
export async function installEngine(
  options: InstallOptions,
  context: Context,
  report: (line: string) => void,
): Promise<Installed> {
  const directory = engineDirectory(context.env)
  // What lies in it is run: nobody else may write there.
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const staging = await mkdtemp(path.join(directory, '.install-'))
  try {
    const folder = path.join(staging, options.engine)
    const scratch = path.join(staging, 'scratch')
    await mkdir(folder)
    await mkdir(scratch)
    const { packages } = options
    const { env, signal } = context
    const record = await install(options, { folder, scratch, packages, env, signal, report })
    await writeFile(path.join(folder, INSTALLED_FILE), `${JSON.stringify(record)}\n`)
    report('testing it')
    const finding = await tested(options, staging, context)
    const target = path.join(directory, options.engine)
    await rm(target, { recursive: true, force: true })
    await rename(folder, target)
    return { finding, folder: target }
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

function install(
  { engine, ...source }: InstallOptions,
  installation: Installation,
): Promise<{ readonly version: string; readonly library: string }> {
  return engine === 'webgpu'
    ? installWebgpu(installation)
    : installNative(engine, source, installation)
}

async function tested(
  options: InstallOptions,
  directory: string,
  context: Context,
): Promise<EngineFinding> {
  const surroundings = engineSurroundings(options, context)
  const place = { ...surroundings.place, directory }
  const finding = await findEngine(options.engine, { ...surroundings, place })
  const { probe } = finding
  if (probe.works) return finding
  throw new UserError('data', `${options.engine} was not installed: ${probe.reason}`, {
    code: 'ENGINE_UNUSABLE',
    hint: probe.fix,
  })
}
