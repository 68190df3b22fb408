import { mkdir, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Round, SiloName } from '@fednode/protocol'
import { writePrivate } from '../runtime/write-private.ts'

/** How often a colluder looks whether the others are there, in ms. */
const LOOK_AGAIN_MS = 100
const PRIVATE_DIRECTORY = 0o700
const SUFFIX = '.f32'

/** Simulated attackers on one machine who show each other their honest updates. */
export type Collusion = {
  /**
   * Puts down the own update and waits for those of all `colluders`, or of as many as came in `patienceMs`.
   * @returns honest updates in ascending order of silo names, the own one among them.
   */
  share(round: Round, own: Float32Array, signal: AbortSignal): Promise<readonly Float32Array[]>
}

/** @param options - `folder` is the same for all colluders and belongs to one run; `colluders` counts this silo too. */
export function createCollusion(options: {
  readonly folder: string
  readonly silo: SiloName
  readonly colluders: number
  readonly patienceMs: number
}): Collusion {
  const { folder, silo, colluders, patienceMs } = options
  return {
    async share(round, own, signal) {
      const directory = path.join(folder, `round-${round}`)
      await mkdir(directory, { recursive: true, mode: PRIVATE_DIRECTORY })
      await writePrivate(path.join(directory, `${silo}${SUFFIX}`), bytesOf(own))
      const patience = AbortSignal.timeout(patienceMs)
      let files = await updatesIn(directory)
      while (files.length < colluders && !patience.aborted) {
        await sleep(LOOK_AGAIN_MS, undefined, { signal })
        files = await updatesIn(directory)
      }
      const updates = await Promise.all(files.map(readUpdate))
      // A colluder that restarted with another model is none.
      return updates.filter(({ length }) => length === own.length)
    },
  }
}

async function updatesIn(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory)
  return names
    .filter((name) => name.endsWith(SUFFIX))
    .sort()
    .map((name) => path.join(directory, name))
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}

async function readUpdate(file: string): Promise<Float32Array> {
  const bytes = await readFile(file)
  // A copy: the file's bytes need not begin where a float may.
  return new Float32Array(Uint8Array.from(bytes).buffer)
}
