import { copyFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { JOURNAL_FILE } from '../../../packages/aggregator/src/index.ts'
import { SILO_JOURNAL_FILE } from '../../../packages/node/src/silo/read-silo-journal.ts'
import type { CliProcess } from '../harness/cli-process.ts'
import type { FaultCases } from '../harness/fault-case.ts'
import type { Federation } from '../harness/federation.ts'
import { once } from '../harness/once.ts'
import { roundOf } from '../harness/play.ts'
import { refused } from '../harness/refused.ts'
import { survive } from '../harness/survive.ts'
import { until } from '../harness/until.ts'

const TERMS = { silos: 3, rounds: 6 }
const TIMEOUT_MS = 240_000
const ROUND_MS = 60_000
const PAGE_BYTES = 4_096

type Hurt = (one: CliProcess, directory: string, forgive: (is: boolean) => void) => Promise<void>

/** A page of a journal and the newest blobs, of a silo and of the aggregator, that are not what was written. */
export const corruptCases: FaultCases = {
  'corrupt-journal-silo': once('corrupt journal silo', () =>
    hurting('silo-1', journalOf(SILO_JOURNAL_FILE)),
  ),
  'corrupt-journal-aggregator': once('corrupt journal aggregator', () =>
    hurting('aggregator', journalOf(JOURNAL_FILE)),
  ),
  'corrupt-blobs-silo': once('corrupt blobs silo', () => hurting('silo-1', spoilBlobs)),
  'corrupt-blobs-aggregator': once('corrupt blobs aggregator', () =>
    hurting('aggregator', spoilBlobs),
  ),
}

function hurting(name: string, hurt: Hurt): Promise<string | undefined> {
  return survive(TERMS, (federation: Federation) => {
    const one = federation.processOf(name)
    let isForgiven = false
    const forgive = (is: boolean): void => {
      isForgiven = is
    }
    return {
      timeoutMs: TIMEOUT_MS,
      forgives: (process) => isForgiven && process === one,
      async disturb() {
        await until('round 3', () => roundOf(federation) >= 3, ROUND_MS)
        forgive(true)
        await one.stop()
        await hurt(one, federation.stateOf(name), forgive)
        one.start()
        forgive(false)
      },
    }
  })
}

/** Every page in turn: refused by name, never used; then the backup is put back. */
function journalOf(name: string): Hurt {
  return async (one, directory) => {
    const file = path.join(directory, name)
    const backup = `${file}.backup`
    copyFileSync(file, backup)
    const pages = statSync(file).size / PAGE_BYTES
    for (const page of [0, 1, Math.floor(pages / 2), pages - 1]) {
      const bytes = readFileSync(backup)
      bytes.fill(0xa5, page * PAGE_BYTES, (page + 1) * PAGE_BYTES)
      writeFileSync(file, bytes)
      one.start()
      await refused(one, new RegExp(`${name}: .*restore it from a backup`))
    }
    copyFileSync(backup, file)
  }
}

/** One bit of every blob that is there. The process may get them again from others, or refuse by name until they are put back. */
const spoilBlobs: Hurt = async (one, directory) => {
  const blobs = path.join(directory, 'blobs')
  const files = readdirSync(blobs, { withFileTypes: true }).filter((entry) => entry.isFile())
  const kept = files.map(({ name }) => {
    const file = path.join(blobs, name)
    const bytes = readFileSync(file)
    const spoilt = Uint8Array.from(bytes)
    spoilt[spoilt.length - 1] = (spoilt.at(-1) ?? 0) ^ 1
    writeFileSync(file, spoilt)
    return { file, bytes }
  })
  one.start()
  const heard = one.events.length
  await until(
    `${one.name} to go on or to refuse`,
    () => !one.isRunning() || hasPlayed(one, heard),
    ROUND_MS,
  )
  if (one.isRunning()) {
    await one.stop()
    return
  }
  if (one.ending()?.code === 0) return
  // Damaged, named, and asked for in vain: a model that no silo had fetched yet is nowhere else.
  await refused(
    one,
    /BLOB_CORRUPT|corrupt|is not its id|damaged or gone.*asked for again.*no peer delivers/is,
  )
  for (const { file, bytes } of kept) writeFileSync(file, bytes)
}

/** Two more rounds: one of them with the blobs as they were found. */
function hasPlayed(one: CliProcess, since: number): boolean {
  const rounds = one.events.slice(since).filter(({ type }) => type === 'round-open')
  return rounds.length >= 2
}
