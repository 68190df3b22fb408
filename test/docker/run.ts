/**
 * `pnpm test:docker`: builds the images, brings up docker/compose.yaml, runs a whole federation in which a silo is killed and started again.
 * Uses the Docker engine that there is; else, as root, starts one of its own (Debian's docker.io). Where neither is possible it says so and
 * skips.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { buildImages } from './build-images.ts'
import { findEngine } from './find-engine.ts'
import { playComposed } from './play-composed.ts'

const root = path.join(import.meta.dirname, '..', '..')
const directory = mkdtempSync(path.join(tmpdir(), 'fednode-docker-'))
const say = (line: string): unknown => process.stdout.write(`${line}\n`)
try {
  const engine = await findEngine(directory)
  if (typeof engine === 'string') {
    say(`SKIPPED: no container engine can run here: ${engine}`)
  } else {
    try {
      buildImages({ root, directory, engine })
      const checked = await playComposed({ root, engine, say })
      say(`${checked} passed, 0 failed`)
    } finally {
      await engine.stop()
    }
  }
} finally {
  rmSync(directory, { recursive: true, force: true })
}
