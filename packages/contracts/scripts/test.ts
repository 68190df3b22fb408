/**
 * Runs the Solidity tests; arguments go to forge. Gas that differs from gas-snapshots fails (set FORGE_SNAPSHOT_CHECK=false to rewrite).
 * All of them run on code that was compiled from nothing, as it is generated and deployed; a part of them, on what forge has or adds.
 */
import { buildFromNothing, hasForgeSettings, isBuiltFromNothing } from './built-code.ts'
import { runForge } from './forge.ts'

function test(args: readonly string[]): number {
  const env = { FORGE_SNAPSHOT_CHECK: process.env.FORGE_SNAPSHOT_CHECK ?? 'true' }
  const { status, error } = runForge(['test', ...args], { env, output: 'inherit' })
  if (error !== undefined) throw error
  return status ?? 1
}

const args = process.argv.slice(2)
const isWhole = args.length === 0 && !hasForgeSettings()
const built = isWhole && !isBuiltFromNothing() ? buildFromNothing() : 0
process.exitCode = built === 0 ? test(args) : built
