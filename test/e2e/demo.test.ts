import type { ChildProcess } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { processesOf } from './processes-of.ts'
import { type RunningCli, startCli } from './start-cli.ts'

const SILOS = 5
const EFFICIENCY = 1e-9
/** A millionth of a coin, in wei. */
const DUST = 10n ** 12n
/** A stop takes at most this long; looking at the processes again is cheap. */
const STOPPED_WITHIN_MS = 3_000

const wei = z.string().regex(/^\d+$/).transform(BigInt)
const hex = (bytes: number) => z.string().regex(new RegExp(`^0x[0-9a-fA-F]{${bytes * 2}}$`))
const seconds = z.number().nonnegative()

const documentSchema = z.strictObject({
  schemaVersion: z.literal(1),
  status: z.literal('ok'),
  command: z.literal('up'),
  data: z.object({
    scenario: hex(20),
    manifest: z.string().startsWith('b'),
    rounds: z.array(
      z.strictObject({
        round: z.int().positive(),
        accuracy: z.number().min(0).max(1),
        loss: z.number().nonnegative(),
        utilityBefore: z.number(),
        utilityAfter: z.number(),
        metrics: z.record(z.string(), z.number()),
        seconds: z.strictObject({
          train: seconds,
          transfer: seconds,
          aggregate: seconds,
          assess: seconds,
          anchor: seconds,
        }),
        gas: z.int().positive(),
        modelDigest: hex(32),
        evidence: z.string().startsWith('b'),
        contributions: z
          .array(
            z.strictObject({
              silo: z.string(),
              shapley: z.number(),
              share: z.number().min(0).max(1),
            }),
          )
          .length(SILOS),
      }),
    ),
    silos: z
      .array(
        z.strictObject({
          name: z.string(),
          samples: z.int().positive(),
          flippedShare: z.number().min(0).max(1),
          token: hex(20),
          priceBefore: wei,
          priceAfter: wei,
          rewarded: wei,
          raised: wei,
        }),
      )
      .length(SILOS),
    deposited: wei,
    claimed: wei,
    claimable: wei,
    carried: wei,
    returned: wei,
    investor: z.strictObject({ spent: wei, received: wei, claimed: wei }),
    lp: z.object({ spent: wei, claimed: wei, holding: wei }),
    report: z.string().nullable(),
  }),
})

type Data = z.infer<typeof documentSchema>['data']

describe('fednode up', () => {
  let directory: string
  let started: ChildProcess | undefined

  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'fednode-demo-'))
  })

  afterEach(async () => {
    started?.kill('SIGKILL')
    started = undefined
    await waitForNone(directory)
    await rm(directory, { recursive: true, force: true })
  })

  const up = (...flags: string[]): RunningCli => {
    const cli = startCli(['up', '--out', path.join(directory, 'run'), ...flags], directory)
    started = cli.child
    return cli
  }

  it('trains, measures, pays and trades, and every figure adds up', async () => {
    const { code, stdout, stderr } = up('--json', '--keep')
    expect(await code, stderr()).toBe(0)
    const { data } = documentSchema.parse(JSON.parse(stdout()))
    expect(stdout().trim().split('\n')).toHaveLength(1)
    const told = stderr()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).type)
    expect(told.filter((type) => type === 'round-closed')).toHaveLength(data.rounds.length)
    expect(data.rounds.map(({ round }) => round)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(data.rounds.at(-1)?.accuracy).toBeGreaterThanOrEqual(0.93)
    checkValues(data)
    checkMoney(data)
    expect(await processesOf(directory)).toEqual([])
    await checkReport(data.report ?? '', directory)
    await checkNoKeys(directory, [stdout(), stderr()])
  })

  it('leaves no process behind when it is stopped with Ctrl-C', async () => {
    const { child, code, stderr } = up('--no-report')
    await waitFor(() => stderr().includes('capital'), stderr)
    expect((await processesOf(directory)).length).toBeGreaterThan(SILOS)
    // A terminal signals the whole group.
    process.kill(-(child.pid ?? 0), 'SIGINT')
    expect(await code).toBe(130)
    expect(stderr()).toContain('stopped before it was done')
    // The parent waits for its children, so none is left when it is gone.
    expect(await processesOf(directory)).toEqual([])
  })

  it('leaves no process behind when its parent is killed', async () => {
    const { child, stderr } = up('--no-report')
    await waitFor(() => stderr().includes('capital'), stderr)
    const before = await processesOf(directory)
    expect(before.length).toBeGreaterThan(SILOS)
    process.kill(child.pid ?? 0, 'SIGKILL')
    await waitForNone(directory)
    expect(await processesOf(directory)).toEqual([])
  })

  it('ends with the name and the last words of a process that died', async () => {
    const { code, stderr } = up('--no-report')
    await waitFor(() => stderr().includes('capital'), stderr)
    const victim = (await processesOf(directory)).find(({ command }) => command.includes('silo-c'))
    process.kill(victim?.pid ?? 0, 'SIGKILL')
    expect(await code).toBe(1)
    expect(stderr()).toMatch(/process of silo-c ended unexpectedly \(SIGKILL\)/)
    await waitForNone(directory)
  })
})

function checkValues(data: Data): void {
  const sums = new Map<string, number>()
  for (const { contributions, utilityAfter, utilityBefore, round } of data.rounds) {
    const total = contributions.reduce((sum, { shapley }) => sum + shapley, 0)
    const error = Math.abs(total - (utilityAfter - utilityBefore))
    expect(error, `round ${round}`).toBeLessThanOrEqual(EFFICIENCY)
    for (const { silo, shapley } of contributions) sums.set(silo, (sums.get(silo) ?? 0) + shapley)
  }
  const [lowest] = [...sums].sort(([, one], [, other]) => one - other)
  const flipped = data.silos.filter(({ flippedShare }) => flippedShare > 0)
  expect(flipped.map(({ name }) => name)).toEqual([lowest?.[0]])
  const sizes = data.silos.map(({ samples }) => samples).sort((a, b) => a - b)
  expect((sizes[0] ?? 0) * 10).toBeCloseTo(sizes[1] ?? 0, -2)
}

function checkMoney(data: Data): void {
  const { deposited, claimed, claimable, carried, returned, investor, silos } = data
  expect(claimed + claimable + carried).toBe(deposited)
  expect(returned, 'only a closed Scenario gives money back').toBe(0n)
  expect(deposited).toBe(80_000n * 10n ** 18n)
  const rewarded = silos.reduce((sum, silo) => sum + silo.rewarded, 0n)
  // Dust of one round is paid in the next one, and so counted in the rewards of both.
  const dust = rewarded - deposited
  expect(dust < DUST && dust > -DUST, `${dust}`).toBe(true)
  expect(silos.filter(({ raised }) => raised > 0n)).toHaveLength(1)
  for (const amount of [investor.spent, investor.received, investor.claimed, data.lp.claimed]) {
    expect(amount).toBeGreaterThan(0n)
  }
}

async function checkReport(report: string, directory: string): Promise<void> {
  expect(report.startsWith(directory)).toBe(true)
  const page = await readFile(report, 'utf8')
  expect(page).not.toMatch(/<script|<link|<img|<iframe|\son\w+\s*=|@import/i)
  const links = [...page.matchAll(/https?:\/\/[^"' <]+/g)].map(([link]) => link)
  // Names of XML vocabularies; nothing is fetched from there.
  expect(links.filter((link) => !link.startsWith('http://www.w3.org/'))).toEqual([])
}

/** T41: no key in any output, log, report or journal; only the key files themselves hold keys. */
async function checkNoKeys(directory: string, texts: readonly string[]): Promise<void> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
  const keyFiles = files.filter((file) => file.endsWith('.key'))
  expect(keyFiles, 'T41: a peer and an account key for everybody').toHaveLength(2 * (SILOS + 1))
  const keys = await Promise.all(
    keyFiles.map(async (file) => (await readFile(file, 'utf8')).trim()),
  )
  const others = files.filter((file) => !file.endsWith('.key'))
  for (const file of others) {
    const bytes = await readFile(file)
    for (const key of keys) {
      expect(bytes.includes(key.slice(2)), `T41: a key as text in ${file}`).toBe(false)
      expect(bytes.includes(Buffer.from(key.slice(2), 'hex')), `T41: a key in ${file}`).toBe(false)
    }
  }
  for (const text of texts) for (const key of keys) expect(text).not.toContain(key.slice(2))
}

async function waitFor(holds: () => boolean, explain: () => string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (holds()) return
    await sleep(100)
  }
  expect.unreachable(explain())
}

async function waitForNone(directory: string): Promise<void> {
  const deadline = performance.now() + 2 * STOPPED_WITHIN_MS
  while ((await processesOf(directory)).length > 0 && performance.now() < deadline) await sleep(50)
  expect(await processesOf(directory)).toEqual([])
}
