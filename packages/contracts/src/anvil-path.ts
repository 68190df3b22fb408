import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { UserError } from '@fednode/protocol'

const PLATFORM_PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-amd64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-amd64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'win32-amd64',
}

/**
 * Path of the anvil binary that npm installed for this machine. Its own launcher (bin.mjs) is passed by: it would put one more
 * process between us and anvil.
 * @throws {UserError} ANVIL_MISSING (usage) when the platform has none or it was not installed.
 */
export function anvilPath(): string {
  const platform = `${process.platform}-${process.arch}`
  const name = PLATFORM_PACKAGES[platform]
  const file = process.platform === 'win32' ? 'anvil.exe' : 'anvil'
  if (name === undefined) throw missing(`there is no anvil for ${platform}`)
  // The platform package is a dependency of @foundry-rs/anvil, not ours: strict package managers show it to that one only.
  try {
    const launcher = createRequire(import.meta.resolve('@foundry-rs/anvil/package.json'))
    const path = launcher.resolve(`@foundry-rs/anvil-${name}/bin/${file}`)
    if (existsSync(path)) return path
  } catch (cause) {
    throw missing(`anvil for ${platform} is not installed`, cause)
  }
  throw missing(`anvil for ${platform} is not installed`)
}

function missing(message: string, cause?: unknown): UserError {
  return new UserError('usage', message, {
    code: 'ANVIL_MISSING',
    hint: 'Install again without omitting optional dependencies, or give the address of a running chain.',
    cause,
  })
}
