import { readFileSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { decodeSafetensors } from '@fednode/protocol'
import { expect, test } from 'vitest'
import { useLocalWorld } from './local-world.ts'

const world = useLocalWorld()

type Event = { readonly type: string; readonly [key: string]: unknown }

function eventsOf(stdout: string): readonly Event[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

test('init, create, run, join: two silos and an aggregator go through all rounds and leave', async () => {
  await world.participant('a')
  await world.participant('b')
  const { scenario, manifest } = await world.federation({
    'challengeSeconds: 5': 'challengeSeconds: 1',
  })
  const aggregator = world.run([
    ...['aggregator', 'run', '--dir', 'operator', '--scenario', scenario],
    ...['--data', 'validation.csv', '--json'],
  ])
  const silos = ['a', 'b'].map((name) =>
    world.run([
      ...['join', scenario, '--data', `${name}.csv`, '--name', name, '--dir', name],
      ...['--accept', manifest, '--json'],
    ]),
  )
  const [a, b] = await Promise.all(silos)
  const run = await aggregator
  expect([a?.code, b?.code, run.code]).toEqual([0, 0, 0])

  const events = eventsOf(a?.stdout ?? '')
  const types = new Set(events.map(({ type }) => type))
  expect([...types]).toEqual(
    expect.arrayContaining([
      ...['registered', 'listening', 'round-open', 'training', 'sent', 'receipt'],
      ...['round-result', 'finished'],
    ]),
  )
  const results = events.filter(({ type }) => type === 'round-result')
  expect(results.map(({ round, last }) => ({ round, last }))).toEqual([
    { round: 1, last: false },
    { round: 2, last: true },
  ])
  const model = String(events.at(-1)?.model)
  expect([...decodeSafetensors(readFileSync(model)).keys()]).toEqual([
    'dense_1/kernel',
    'dense_1/bias',
  ])
  expect(statSync(model).mode & 0o777).toBe(0o600)

  const anchored = eventsOf(run.stdout).filter(({ type }) => type === 'anchored')
  expect(anchored.map(({ round, step }) => `${round} ${step}`)).toEqual([
    ...['1 fund', '1 assert', '1 finalize', '2 fund', '2 assert', '2 finalize'],
  ])

  // Who is over stays over: a silo that is started again, as a service manager does, is told so and where its model is.
  const join = ['join', scenario, '--data', 'a.csv', '--name', 'a', '--dir', 'a']
  const again = await world.run(join)
  expect(again.code).toBe(0)
  expect(again.stderr).toContain('is over')
  expect(again.stderr).toContain(model)
  const event = await world.run([...join, '--json'])
  expect(eventsOf(event.stdout)).toEqual([{ type: 'finished', model }])

  // What a silo can say of itself, it says from its own journal.
  const own = ['--dir', 'a', '--scenario', scenario]
  const shown = await world.json(['run', 'show', ...own])
  expect(shown).toMatchObject({
    role: 'silo',
    rounds: [1, 2].map((round) => ({ round, samples: 120, accepted: true })),
  })
  const all = await world.json(['contrib', 'show', '--dir', 'operator', '--scenario', scenario])
  const ofAll = (all.silos as readonly { silo: string; shapley: number }[]).find(
    ({ silo }) => silo === 'a',
  )
  expect((await world.json(['contrib', 'show', ...own])).shapley).toBeCloseTo(
    ofAll?.shapley ?? Number.NaN,
    9,
  )
  expect(await world.json(['run', 'list', '--dir', 'a'])).toMatchObject({
    runs: [{ scenario, role: 'silo', rounds: 2 }],
  })
  const table = await world.run(['run', 'show', ...own])
  expect(table.stdout.match(/accepted/g)).toHaveLength(2)
  for (const command of ['status', 'pause', 'resume']) {
    const refused = await world.run(['aggregator', command, ...own])
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('holds no journal of an aggregator')
  }
})

test('a silo that is stopped before it registered has not registered; one that consented is not asked again', async () => {
  await world.participant('k')
  const { scenario, manifest } = await world.federation({})
  const join = ['join', scenario, '--data', 'a.csv', '--name', 'k', '--dir', 'k']
  const stopped = await world.run([...join, '--accept', manifest, '--json'], {
    io: io(AbortSignal.abort()),
  })
  expect(stopped.code).toBe(130)
  expect(JSON.parse(stopped.stdout).error.code).toBe('INTERRUPTED')
  expect((await world.run(join)).stderr).toContain('nobody approved this manifest')

  const first = new AbortController()
  const running = world.run([...join, '--accept', manifest, '--json'], {
    io: { ...io(first.signal), stdout: stopWhenListening(first) },
  })
  expect(await running).toMatchObject({ code: 0 })

  // As a service manager starts it again: no flag, no terminal.
  const second = new AbortController()
  const again = await world.run([...join, '--json'], {
    io: { ...io(second.signal), stdout: stopWhenListening(second) },
  })
  expect(again.code).toBe(0)
  expect(again.stderr).toContain('You consented to this manifest')
  const other = await world.run([...join, '--accept', 'bafyother'])
  expect(other.code).toBe(3)
})

function stopWhenListening(controller: AbortController) {
  return {
    write(text: string) {
      if (text.includes('"listening"')) controller.abort()
    },
  }
}

test('T43: one data directory takes part once at a time, and the other process says who holds it', {
  retry: 1,
}, async () => {
  const { scenario, manifest } = await world.federation({})
  await world.participant('c')
  const argv = [
    'join',
    scenario,
    '--data',
    'a.csv',
    '--name',
    'c',
    '--dir',
    'c',
    '--accept',
    manifest,
  ]
  const controller = new AbortController()
  const first = world.run([...argv, '--json'], { io: io(controller.signal) })
  await untilRegistered(scenario, 'c')
  const second = await world.run(argv)
  controller.abort()
  expect(second.code).toBe(3)
  expect(second.stderr).toContain(`is in use by process ${process.pid}`)
  expect((await first).code).toBe(0)
  const [registered] = eventsOf((await first).stdout)
  expect(registered).toMatchObject({ type: 'registered', index: 0 })
})

test('names, places and the time to register are limited', async () => {
  const { scenario, manifest } = await world.federation({ 'maxSilos: 2': 'maxSilos: 2' })
  for (const name of ['d', 'e', 'f']) await world.participant(name)
  const join = (dir: string, name: string) => [
    ...['join', scenario, '--data', 'a.csv', '--name', name, '--dir', dir, '--accept', manifest],
  ]
  const stop = new AbortController()
  const running = [world.run(join('d', 'd'), { io: io(stop.signal) })]
  await untilRegistered(scenario, 'd')
  const taken = await world.run(join('e', 'd'))
  expect(taken.code).toBe(3)
  expect(taken.stderr).toContain('the name "d" is taken')
  running.push(world.run(join('e', 'e'), { io: io(stop.signal) }))
  await untilRegistered(scenario, 'e')
  const full = await world.run(join('f', 'f'))
  expect(full.code).toBe(3)
  expect(full.stderr).toContain('all 2 places of the federation are taken')
  stop.abort()
  await Promise.all(running)
  const renamed = await world.run(join('d', 'g'))
  expect(renamed.code).toBe(3)
  expect(renamed.stderr).toContain('registered as "d", not as "g"')
})

test('T41: no key is in anything that a participant prints, logs or stores beside its key files', async () => {
  const { scenario, manifest } = await world.federation({})
  await world.participant('h')
  const controller = new AbortController()
  const run = world.run(
    [
      ...['join', scenario, '--data', 'a.csv', '--name', 'h', '--dir', 'h', '--accept', manifest],
      ...['--log-level', 'debug', '--json'],
    ],
    { io: io(controller.signal) },
  )
  await untilRegistered(scenario, 'h')
  controller.abort()
  const { stdout, stderr } = await run
  const { readdirSync } = await import('node:fs')
  const files = readdirSync(world.path('h'), { recursive: true, encoding: 'utf8' })
    .filter((file) => !file.endsWith('.key') && statSync(world.path(`h/${file}`)).isFile())
    .map((file) => readFileSync(world.path(`h/${file}`), 'latin1'))
  for (const name of ['peer.key', 'account.key']) {
    const secret = readFileSync(world.path(`h/${name}`), 'utf8')
      .trim()
      .slice(2)
    const bytes = Buffer.from(secret, 'hex').toString('latin1')
    for (const text of [stdout, stderr, ...files]) {
      expect(text.toLowerCase().includes(secret) || text.includes(bytes)).toBe(false)
    }
  }
})

function io(signal: AbortSignal) {
  return { cwd: world.directory, env: { FEDNODE_RPC: world.rpc }, signal }
}

/** Waits until a silo is registered and its journal is open; the test's timeout is the limit. */
async function untilRegistered(scenario: string, name: string): Promise<void> {
  const { connectChain, readScenario } = await import('@fednode/contracts')
  const reader = await connectChain({ rpcUrl: world.rpc })
  for (;;) {
    const { clients } = await readScenario(reader, { scenario: scenario as `0x${string}` })
    if (clients.some((client) => client.name === name)) return
    await sleep(50)
  }
}
