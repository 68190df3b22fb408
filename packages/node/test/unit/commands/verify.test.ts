import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readRounds } from '@fednode/aggregator'
import {
  assertRound,
  connectAccount,
  fundRound,
  parseAmount,
  readScenario,
} from '@fednode/contracts'
import { blobFileName, digestOfCid } from '@fednode/protocol'
import { beforeAll, describe, expect, test } from 'vitest'
import { useLocalWorld } from './local-world.ts'

const world = useLocalWorld()

beforeAll(async () => {
  for (const name of ['a', 'b']) await world.participant(name)
})

type Line = { round: number; check: string; status: string; code?: string; detail: string }
type Report = { passed: boolean; recomputed: boolean; checks: readonly Line[] }

async function verify(...argv: readonly string[]): Promise<Report & { readonly code: number }> {
  const { code, stdout, stderr } = await world.run(['contrib', 'verify', ...argv, '--json'])
  if (code !== 0 && code !== 6) throw new TypeError(stderr)
  return { code, ...JSON.parse(stdout).data }
}

const failuresOf = ({ checks }: Report): readonly string[] => [
  ...new Set(checks.filter(({ status }) => status === 'FAIL').map(({ code = '' }) => code)),
]
const skippedOf = ({ checks }: Report): readonly string[] => [
  ...new Set(checks.filter(({ status }) => status === 'SKIP').map(({ check }) => check)),
]

type Federation = { readonly scenario: string; readonly manifest: string }

/** Starts the aggregator and two silos; `stop` ends them where they are, `endsAt` right when the aggregator says so. */
function start({ scenario, manifest }: Federation, endsAt?: string) {
  const stopping = new AbortController()
  const { signal } = stopping
  const lines: string[] = []
  let wake = (): void => {}
  const stdout = {
    write(text: string) {
      lines.push(text)
      if (endsAt !== undefined && text.includes(endsAt)) stopping.abort()
      wake()
    },
  }
  const run = ['aggregator', 'run', '--dir', 'operator', '--scenario', scenario]
  const parties = [
    world.run([...run, '--data', 'validation.csv', '--json'], { io: { signal, stdout } }),
    ...['a', 'b'].map((name) =>
      world.run(
        [
          ...['join', scenario, '--data', `${name}.csv`, '--name', name, '--dir', name],
          ...['--accept', manifest, '--json'],
        ],
        { io: { signal } },
      ),
    ),
  ]
  return {
    ended: Promise.all(parties),
    /** Resolves when the aggregator has said something that contains all of `parts`. */
    async said(...parts: readonly string[]): Promise<void> {
      while (!lines.some((line) => parts.every((part) => line.includes(part)))) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    async stop(): Promise<void> {
      stopping.abort()
      await Promise.all(parties)
    },
  }
}

describe('contrib verify', () => {
  let scenario = ''

  beforeAll(async () => {
    const federation = await world.federation({ 'challengeSeconds: 5': 'challengeSeconds: 1' })
    scenario = federation.scenario
    await start(federation).ended
  }, 60_000)

  test('finds nothing wrong in an honest run, at the aggregator and with the chain', async () => {
    const report = await verify('--dir', 'operator')
    expect(failuresOf(report)).toEqual([])
    expect(skippedOf(report)).toEqual([])
    expect(report).toMatchObject({ code: 0, passed: true, recomputed: true })
    expect(new Set(report.checks.map(({ round }) => round))).toEqual(new Set([1, 2]))
    const text = await world.run([
      'contrib',
      'verify',
      scenario,
      '--dir',
      'operator',
      '--round',
      '2',
    ])
    expect(text.code).toBe(0)
    expect(text.stdout).toMatch(/^PASS {2}recompute +same model and 4 utilities, bit for bit/m)
    expect(text.stdout).toContain('0 failed, 0 skipped')
  })

  test('says what a machine could not check, and why', async () => {
    const offline = await verify('--dir', 'operator', '--offline')
    expect(skippedOf(offline)).toEqual(['anchor', 'opening'])
    expect(offline).toMatchObject({ code: 0, recomputed: true })
    // The aggregator is gone: a silo has the evidence that it kept, and no updates of others.
    const silo = await verify('--dir', 'a')
    expect(silo).toMatchObject({ code: 0, passed: true, recomputed: false })
    expect(skippedOf(silo)).toEqual(['recompute'])
    const wrong = await world.run(['contrib', 'verify', '--dir', 'operator', '--data', 'a.csv'])
    expect(wrong.code).toBe(6)
    expect(wrong.stderr).toContain("but the manifest's validation set is")
  })

  test('join --role validator makes every anchored round again, and ends with the last', async () => {
    const validate = ['join', scenario, '--role', 'validator', '--name', 'v', '--dir', 'operator']
    const { code, stdout, stderr } = await world.run([
      ...validate,
      ...['--data', 'validation.csv', '--json'],
    ])
    expect(code, stderr).toBe(0)
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const right = { type: 'verified', passed: true, recomputed: true, failed: [] }
    expect(lines).toMatchObject([
      { ...right, round: 1 },
      { ...right, round: 2 },
    ])
  })

  test('compares with tolerance on another back end', async () => {
    const report = await verify('--dir', 'operator', '--offline', '--engine', 'cpu', '--round', '1')
    expect(report).toMatchObject({ code: 0, passed: true, recomputed: true })
    expect(report.checks.at(-1)?.detail).toContain('within the tolerance (cpu, was wasm)')
  })

  describe('in a directory that somebody changed', () => {
    const blobs = (): string => path.join(world.path('changed'), 'scenarios', scenario, 'blobs')
    const copy = (): void => {
      rmSync(world.path('changed'), { recursive: true, force: true })
      cpSync(world.path('operator'), world.path('changed'), { recursive: true })
    }
    const record = () => {
      const [first] = readRounds(path.join(world.path('operator'), 'scenarios', scenario))
      if (first === undefined) throw new RangeError('no round')
      return first
    }

    test('T35: misses an update that is gone', async () => {
      copy()
      const [update] = record().updates
      rmSync(path.join(blobs(), blobFileName(update?.update.cid ?? record().model.cid)))
      const report = await verify('--dir', 'changed', '--offline')
      expect(report).toMatchObject({ code: 6, passed: false, recomputed: false })
      expect(failuresOf(report)).toEqual(['MISSING_BLOB'])
    })

    test('T35: does not take another file for an update or for evidence', async () => {
      copy()
      const [one, other] = record().updates.map(({ update }) => blobFileName(update.cid))
      cpSync(path.join(blobs(), one ?? ''), path.join(blobs(), other ?? ''))
      expect(failuresOf(await verify('--dir', 'changed', '--offline'))).toEqual(['BAD_BLOB'])
      copy()
      const bundle = path.join(blobs(), blobFileName(record().evidence.cid))
      writeFileSync(bundle, readFileSync(bundle).fill(1, 100, 101))
      const report = await verify('--dir', 'changed', '--offline')
      expect(failuresOf(report)).toContain('MISSING_EVIDENCE')
      expect(readdirSync(blobs())).toContain(path.basename(bundle))
    })
  })
})

describe('contrib verify at another machine', () => {
  test('T10: a verifier fetches and makes again what rounds were made of, a silo only what is meant for all, a stranger nothing', async () => {
    const verifier = await world.participant('verifier', { funded: false })
    await world.participant('stranger', { funded: false })
    const federation = await world.federation({
      'challengeSeconds: 5': 'challengeSeconds: 3600',
      'contribution:': `contribution:\n  verifiers: [${verifier.peerId}]`,
    })
    const { scenario } = federation
    const running = start(federation)
    await running.said('"anchored"', '"assert"')
    await running.said('"round-closed"', '"round":2')
    try {
      const full = await verify(scenario, '--dir', 'verifier', '--data', 'validation.csv')
      expect(failuresOf(full)).toEqual([])
      expect(full).toMatchObject({ code: 0, recomputed: true })
      expect(full.checks.filter(({ check }) => check === 'recompute')).toHaveLength(2)
      expect(full.checks.find(({ check }) => check === 'anchor')?.status).toBe('PASS')

      const silo = await verify(scenario, '--dir', 'a', '--data', 'validation.csv')
      expect(failuresOf(silo)).toEqual([])
      expect(silo.recomputed).toBe(false)
      const skipped = silo.checks.find(({ check }) => check === 'recompute')
      expect(skipped).toMatchObject({ status: 'SKIP', detail: expect.stringMatching(/verifiers/) })

      const stranger = await world.run(['contrib', 'verify', scenario, '--dir', 'stranger'])
      expect(stranger.code).toBe(4)
      expect(stranger.stderr).toContain('no evidence of any round')
    } finally {
      await running.stop()
    }
  }, 120_000)
})

describe('contrib dispute', () => {
  const disputed = {
    'challengeSeconds: 5': 'challengeSeconds: 3600',
    'registration:': `dispute:\n  bond: 10\n  attesters: ["0x${'11'.repeat(20)}"]\n  threshold: 1\nregistration:`,
  }

  test('T35: finds shares on chain that the evidence does not give, and stakes on it', async () => {
    const federation = await world.federation(disputed)
    const { scenario } = federation
    // Before it can anchor what it knows.
    await start(federation, '"round-closed"').ended
    const directory = path.join(world.path('operator'), 'scenarios', scenario)
    const [record] = readRounds(directory)
    if (record === undefined) throw new RangeError('no round was closed')
    // The federator anchors the honest evidence, and gives everything to the first client.
    const privateKey = readFileSync(path.join(world.path('operator'), 'account.key'), 'utf8').trim()
    const federator = await connectAccount({ rpcUrl: world.rpc, privateKey })
    const target = scenario as `0x${string}`
    const { phase } = await readScenario(federator, { scenario: target })
    expect(phase).toBe('open')
    await fundRound(federator, { scenario: target, round: 1, amount: parseAmount('100') })
    await assertRound(federator, {
      ...{ scenario: target, round: 1, shares: [1_000_000_000, 0] },
      evidenceRoot: digestOfCid(record.evidence.cid),
      modelDigest: record.modelDigest,
    })
    const report = await verify(scenario, '--dir', 'operator', '--round', '1')
    expect(failuresOf(report)).toEqual(['OTHER_ANCHOR'])
    expect(report.code).toBe(6)

    expect(await firstVerdict(scenario)).toMatchObject({
      ...{ type: 'verified', round: 1, passed: false },
      failed: [{ code: 'OTHER_ANCHOR' }],
    })

    const dispute = ['contrib', 'dispute', scenario, '--round', '1', '--dir', 'operator']
    const dry = await world.run([...dispute, '--dry-run'])
    expect(dry.stderr + dry.stdout).toContain('OTHER_ANCHOR: the chain anchors other shares')
    expect(dry.stdout).toContain('bond        10 CUR')
    expect(dry.code).toBe(0)
    const done = await world.json([...dispute, '--yes'])
    // What was made again is what was found: the evidence is honest, the anchor is not.
    expect(done.evidence).toBe(digestOfCid(record.evidence.cid))
    const after = await readScenario(federator, { scenario: target })
    expect(after.phase).toBe('disputed')
    const again = await world.run([...dispute, '--yes'])
    expect(again.code).toBe(5)
    expect(again.stderr).toContain('in dispute already')
    await federator.close()
  }, 90_000)

  test('does not stake on what holds, unless it is forced, nor where there are no disputes', async () => {
    const federation = await world.federation(disputed)
    const { scenario } = federation
    const running = start(federation)
    await running.said('"anchored"', '"assert"')
    await running.stop()
    const dispute = ['contrib', 'dispute', scenario, '--round', '1', '--dir', 'operator']
    const refused = await world.run([...dispute, '--yes'])
    expect(refused.code).toBe(3)
    expect(refused.stderr).toContain('nothing of round 1 differs')
    const forced = await world.run([...dispute, '--force', '--dry-run'])
    expect(forced.code).toBe(0)
    expect(forced.stdout).toContain('nothing differs (--force)')
    const plain = await world.federation({})
    const none = await world.run([
      'contrib',
      'dispute',
      plain.scenario,
      '--round',
      '1',
      '--dir',
      'a',
    ])
    expect(none.code).toBe(3)
    expect(none.stderr).toContain('has no disputes')
  }, 90_000)
})

/** What a validator that goes on watching says first. */
async function firstVerdict(scenario: string): Promise<unknown> {
  const stopping = new AbortController()
  const lines: string[] = []
  const stdout = {
    write(text: string) {
      lines.push(text)
      stopping.abort()
    },
  }
  const validate = ['join', scenario, '--role', 'validator', '--name', 'v', '--dir', 'operator']
  await world.run([...validate, '--data', 'validation.csv', '--json'], {
    io: { signal: stopping.signal, stdout },
  })
  return JSON.parse(lines[0] ?? 'null')
}
