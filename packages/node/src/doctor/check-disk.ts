import { open, rm, statfs } from 'node:fs/promises'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { type Finding, fail, pass, warn } from './finding.ts'

const PROBE_FILE = '.doctor'
const PROBE_BYTES = 1_048_576
/** A round may not fit into less. */
const MIN_FREE_BYTES = 67_108_864
/** Some rounds of an ordinary model, kept for disputes. */
const COMFORTABLE_FREE_BYTES = 1_073_741_824

/** Whether the data directory has room, and keeps what is written and synced. */
export async function checkDisk(directory: string): Promise<Finding> {
  try {
    const { bavail, bsize } = await statfs(directory)
    const free = bavail * bsize
    const ms = await writeAndSync(path.join(directory, PROBE_FILE))
    const detail = `${(free / 1e9).toFixed(1)} GB free in ${directory}; 1 MiB written and synced in ${ms.toFixed(0)} ms`
    if (free < MIN_FREE_BYTES) {
      return fail('disk', detail, {
        fix: 'Free at least 64 MiB, or use another --dir.',
        fault: 'data',
      })
    }
    if (free < COMFORTABLE_FREE_BYTES) return warn('disk', detail, 'Free 1 GB before it fills up.')
    return pass('disk', detail)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    const fix = 'Make it writable for this user, or use another --dir.'
    return fail('disk', `${directory} cannot be written (${code})`, { fix, fault: 'data' })
  }
}

/** @returns ms that it took. */
async function writeAndSync(file: string): Promise<number> {
  const start = performance.now()
  const handle = await open(file, 'w', 0o600)
  try {
    await handle.writeFile(new Uint8Array(PROBE_BYTES))
    await handle.sync()
  } finally {
    await handle.close()
    await rm(file, { force: true })
  }
  return performance.now() - start
}
