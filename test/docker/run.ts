/**
 * `pnpm test:docker`: builds the images and brings up docker/compose.yaml twice: for a task of the arena in which a validator is killed and
 * started again, and for a whole federation in which that happens to a silo; `pnpm test:docker arena`, or `federation`, plays one of them.
 * Uses the Docker engine that there is; else, as root, starts one of its own (Debian's docker.io). Where neither is possible it says so and
 * skips.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { buildImages } from './build-images.ts'
import { findEngine } from './find-engine.ts'
import { playArena } from './play-arena.ts'
import { playComposed } from './play-composed.ts'

const PLAYS = { arena: playArena, federation: playComposed }

const root = path.join(import.meta.dirname, '..', '..')
const directory = mkdtempSync(path.join(tmpdir(), 'fednode-docker-'))
const say = (line: string): unknown => process.stdout.write(`${line}\n`)
const asked = process.argv.slice(2)
const chosen = Object.entries(PLAYS)
  .filter(([name]) => asked.length === 0 || asked.includes(name))
  .map(([, play]) => play)
try {
  const engine = await findEngine(directory)
  if (typeof engine === 'string') {
    say(`SKIPPED: no container engine can run here: ${engine}`)
  } else {
    try {
      buildImages({ root, directory, engine })
      let checked = 0
      for (const play of chosen) checked += await play({ root, engine, say })
      say(`${checked} passed, 0 failed`)
    } finally {
      await engine.stop()
    }
  }
} finally {
  rmSync(directory, { recursive: true, force: true })
}
