/** Child process of engine-probe.ts: starts one back end, tests it, measures it, says what it found, and ends. */
import { EngineError } from '../errors.ts'
import type { ProbeAnswer, ProbeTask } from './engine-probe.ts'
import { runSelfTest } from './self-test.ts'
import { measureSpeed } from './self-test-speed.ts'
import { startBackend } from './start-backend.ts'
import { webgpuAdapter } from './webgpu-backend.ts'

process.once('message', (task: ProbeTask) => {
  probe(task).then(answer, (error: unknown) => answer({ said: saidBy(error) }))
})

async function probe({ backend, place }: ProbeTask): Promise<ProbeAnswer> {
  await startBackend(backend, place)
  const error = await runSelfTest(backend)
  const samplesPerSecond = await measureSpeed(backend)
  if (backend !== 'webgpu') return { error, samplesPerSecond }
  const adapter = webgpuAdapter()
  const device = adapter?.description || adapter?.device || 'unknown adapter'
  return { error, samplesPerSecond, device }
}

function answer(message: ProbeAnswer): void {
  // Native libraries have threads that would keep the process.
  process.send?.(message, () => process.exit(0))
}

/** All messages down to the first cause: the linker's is the innermost. */
function saidBy(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.cause === undefined) return error.message
  const own = error instanceof EngineError ? '' : `${error.message}\n`
  return own + saidBy(error.cause)
}
