import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { delimiter, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const MAX_OUTPUT_BYTES = 2 ** 28

/** packages/contracts. */
export const ROOT: string = dirname(dirname(fileURLToPath(import.meta.url)))

const PLATFORM_PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': '@foundry-rs/forge-linux-amd64/bin/forge',
  'linux-arm64': '@foundry-rs/forge-linux-arm64/bin/forge',
  'darwin-x64': '@foundry-rs/forge-darwin-amd64/bin/forge',
  'darwin-arm64': '@foundry-rs/forge-darwin-arm64/bin/forge',
  'win32-x64': '@foundry-rs/forge-win32-amd64/bin/forge.exe',
}

type ForgeOptions = {
  cwd?: string
  env?: Readonly<Record<string, string>>
  /** Where forge's output goes: to ours, or into the result. */
  output: 'inherit' | 'pipe'
}

/**
 * Runs the forge that npm installed. Its launcher in node_modules/.bin ends with status 0 whatever forge says (1.7.1), so failing
 * tests would look like passing ones: the binary itself is run.
 */
export function runForge(args: readonly string[], options: ForgeOptions): SpawnSyncReturns<string> {
  return spawnSync(forgePath(), args, {
    cwd: options.cwd ?? ROOT,
    env: environment(options.env),
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
    stdio: options.output,
  })
}

type StartOptions = { cwd: string; env: Readonly<Record<string, string>>; timeoutMs: number }
type ForgeRun = { status: number | null; timedOut: boolean; output: string }

/** Runs forge beside this process; resolves when it has ended, or was ended for taking too long. */
export function startForge(args: readonly string[], options: StartOptions): Promise<ForgeRun> {
  const child = spawn(forgePath(), args, {
    cwd: options.cwd,
    env: environment(options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: options.timeoutMs,
    killSignal: 'SIGKILL',
  })
  const parts: Buffer[] = []
  child.stdout.on('data', (part: Buffer) => parts.push(part))
  child.stderr.on('data', (part: Buffer) => parts.push(part))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status, signal) => {
      const output = Buffer.concat(parts).toString('utf8')
      resolve({ status, timedOut: signal === 'SIGKILL', output })
    })
  })
}

/** The solc stand-in must run on the Node that runs this script, not on whichever is first in PATH. */
function environment(env: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const path = [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter)
  return { ...process.env, PATH: path, ...env }
}

function forgePath(): string {
  const file = PLATFORM_PACKAGES[`${process.platform}-${process.arch}`]
  if (file === undefined) throw new Error(`no forge for ${process.platform}-${process.arch}`)
  // The binary is a dependency of @foundry-rs/forge, not ours: strict package managers show it to that one only.
  const launcher = createRequire(import.meta.resolve('@foundry-rs/forge/package.json'))
  return launcher.resolve(file)
}
