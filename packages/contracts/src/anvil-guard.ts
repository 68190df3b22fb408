// Runs as its own process: node anvil-guard.ts <anvil binary> <arguments…>. It holds the other end of its parent's pipe and
// kills anvil when that end closes, which the kernel does for the parent even after kill -9. Signals alone cannot do that.
import { spawn } from 'node:child_process'

const [binary = '', ...anvilArguments] = process.argv.slice(2)
const anvil = spawn(binary, anvilArguments, { stdio: ['ignore', 'inherit', 'inherit'] })

const end = (): void => {
  // An in-memory chain has nothing to save, so there is nothing to ask for politely.
  anvil.kill('SIGKILL')
}

anvil.on('error', () => process.exit(127))
anvil.on('exit', (code) => process.exit(code ?? 0))
process.stdin.on('end', end).on('close', end).on('error', end).resume()
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end)
