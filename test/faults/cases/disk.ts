import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
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
/** A blob store wants 16 MiB to spare. */
const DISK_BYTES = 32 * 1_048_576
/** How long the disk stays full. */
const FULL_MS = 8_000
const ROUND_MS = 60_000
const NAMES = ['silo-1', 'aggregator'] as const

/** A disk that is full for some seconds, and one that is read-only at a start: of a silo and of the aggregator. */
export const diskCases: FaultCases = {
  'full-disk-silo': once('full disk silo', () => onDisk('silo-1', fillAWhile)),
  'full-disk-aggregator': once('full disk aggregator', () => onDisk('aggregator', fillAWhile)),
  'read-only-disk-silo': once('read-only disk silo', () => onDisk('silo-1', lockAWhile)),
  'read-only-disk-aggregator': once('read-only disk aggregator', () =>
    onDisk('aggregator', lockAWhile),
  ),
}

type Victim = {
  readonly one: CliProcess
  readonly mount: string
  forgive(isForgiven: boolean): void
}

/** Plays a federation in which one participant's state lies on a small disk of its own. */
async function onDisk(
  name: (typeof NAMES)[number],
  hurt: (victim: Victim) => Promise<void>,
): Promise<string | undefined> {
  return survive(TERMS, (federation) => {
    const mount = mountDisk(federation, name)
    const one = federation.processOf(name)
    let isForgiven = false
    return {
      timeoutMs: TIMEOUT_MS,
      forgives: (process) => isForgiven && process === one,
      async disturb() {
        await until('round 2', () => roundOf(federation) >= 2, ROUND_MS)
        await hurt({
          one,
          mount,
          forgive: (is) => {
            isForgiven = is
          },
        })
      },
    }
  })
}

/** It may go on without writing, or stop with words that name the disk; once there is room, it goes on where it was. */
async function fillAWhile({ one, mount, forgive }: Victim): Promise<void> {
  const ballast = path.join(mount, 'ballast')
  forgive(true)
  // It fills what there is, and is told that this is less than it wanted.
  await writeFile(ballast, new Uint8Array(DISK_BYTES)).catch(() => {})
  await sleep(FULL_MS)
  if (!one.isRunning()) await refused(one, /disk|space|ENOSPC|full/i)
  await rm(ballast)
  if (!one.isRunning()) one.start()
  forgive(false)
}

/** It refuses to start with words that name the disk; once it is writable, it goes on where it was. */
async function lockAWhile({ one, mount, forgive }: Victim): Promise<void> {
  forgive(true)
  await one.stop()
  execFileSync('mount', ['-o', 'remount,ro', mount])
  one.start()
  await refused(one, /read-?only|EROFS/i)
  execFileSync('mount', ['-o', 'remount,rw', mount])
  one.start()
  forgive(false)
}

function mountDisk(federation: Federation, name: string): string {
  const mount = federation.stateOf(name)
  mkdirSync(mount, { recursive: true, mode: 0o700 })
  const options = `size=${DISK_BYTES},mode=0700`
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', mount])
  federation.atRemoval(() => void execFileSync('umount', ['--lazy', mount]))
  return mount
}
