import { chmodSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { createPeerKey } from '@fednode/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { useLocalWorld } from '../local-world.ts'

const world = useLocalWorld()
const PEER = createPeerKey(new Uint8Array(32).fill(3)).peerId
let door: Server
let scenario = ''

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

beforeAll(async () => {
  await world.participant('a')
  await world.participant('wide')
  const federation = await world.federation({})
  scenario = federation.scenario
  door = createServer()
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
}, 60_000)

afterAll(() => door.close())

type Found = { check: string; status: string; fix?: string }

async function doctor(...argv: readonly string[]): Promise<{ code: number; findings: Found[] }> {
  const { code, stdout } = await world.run(['doctor', ...argv, '--json'])
  return { code, findings: JSON.parse(stdout).data.findings }
}

test('finds nothing wrong where nothing is', async () => {
  const here = `/ip4/127.0.0.1/tcp/${portOf(door)}/p2p/${PEER}`
  const { code, findings } = await doctor(
    ...[scenario, '--dir', 'a', '--data', 'a.csv', '--relay', here, '--engine', 'wasm'],
  )
  expect(findings.map(({ check, status }) => `${status} ${check}`)).toEqual([
    ...['PASS engine', 'PASS disk', 'PASS keys', 'PASS listen', 'PASS chain', 'PASS clock'],
    // It has not run yet, so it has said no address.
    ...['PASS contracts', 'WARN aggregator', 'PASS data', 'PASS relay'],
  ])
  expect(code).toBe(0)
})

test('names the other transport when a port is closed, and exits as a network failure', async () => {
  const gone = createServer()
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve))
  const port = portOf(gone)
  await new Promise((resolve) => gone.close(resolve))
  const member = `/ip4/127.0.0.1/tcp/${port}/p2p/${PEER}`
  const { code, findings } = await doctor('--dir', 'a', '--bootstrap', member, '--engine', 'wasm')
  expect(findings.at(-1)).toMatchObject({ check: 'member', status: 'FAIL' })
  expect(findings.at(-1)?.fix).toContain('/tls/ws')
  expect(code).toBe(4)
})

test('T42: names keys that others may read, a port in use, a chain that is not there', async () => {
  chmodSync(world.path('wide'), 0o755)
  const taken = `/ip4/127.0.0.1/tcp/${portOf(door)}`
  const { code, findings } = await doctor(
    ...['--dir', 'wide', '--listen', taken, '--rpc', 'http://127.0.0.1:9', '--engine', 'wasm'],
  )
  const failed = findings.filter(({ status }) => status === 'FAIL').map(({ check }) => check)
  expect(failed).toEqual(['keys', 'listen', 'chain'])
  expect(findings.find(({ check }) => check === 'keys')?.fix).toContain('chmod 700')
  expect(code).toBe(2)
})

test('says it in lines that people read', async () => {
  const { stdout } = await world.run([
    'doctor',
    '--dir',
    'a',
    '--listen',
    'none',
    '--engine',
    'wasm',
  ])
  expect(stdout).toMatch(/^PASS {2}engine +wasm trains \d+ samples\/s/m)
  expect(stdout).toMatch(/^0 failed, 0 warnings$/m)
})
