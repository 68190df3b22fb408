// Starts a chain and waits to be killed: run by anvil.test.ts as a process of its own.
import { startAnvil } from '../../src/anvil.ts'

const { rpcUrl, process: guard } = await startAnvil()
process.stdout.write(`${JSON.stringify({ rpcUrl, guard: guard.pid })}\n`)
setInterval(() => undefined, 1_000)
