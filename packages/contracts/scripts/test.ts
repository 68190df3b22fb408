/** Runs the Solidity tests; arguments go to forge. Gas that differs from gas-snapshots fails (set FORGE_SNAPSHOT_CHECK=false to rewrite). */
import { runForge } from './forge.ts'

const env = { FORGE_SNAPSHOT_CHECK: process.env.FORGE_SNAPSHOT_CHECK ?? 'true' }
const result = runForge(['test', ...process.argv.slice(2)], { env, output: 'inherit' })
if (result.error !== undefined) throw result.error
process.exitCode = result.status ?? 1
