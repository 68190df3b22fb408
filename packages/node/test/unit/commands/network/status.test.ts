import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { whatIsMissing } from '../../../../src/commands/network/status/what-is-missing.ts'
import { keepNetworkFile } from '../../../../src/network/keep-network-file.ts'
import {
  NETWORK_FILE,
  type NetworkView,
  readNetworkFile,
} from '../../../../src/network/network-file.ts'
import { runCli } from '../../framework/run-cli.ts'
import { startAggregator, temporaryDirectory } from '../../silo/harness.ts'

const cleanup: (() => unknown)[] = []
const SCENARIO = `0x${'ab'.repeat(20)}`

afterEach(async () => {
  for (const undo of cleanup.reverse()) await undo()
  cleanup.length = 0
})

const VIEW: NetworkView = {
  writtenAt: 1_000_000,
  peerId: 'me',
  addresses: ['/ip4/192.0.2.7/tcp/4001/p2p/me'],
  aggregator: 'boss',
  isAggregatorConnected: true,
  relays: [],
  connections: [
    {
      peer: 'boss',
      role: 'member',
      transport: 'websocket',
      direction: 'outbound',
      address: '/dns4/fl.example.org/tcp/443/tls/ws/p2p/boss',
      rttMs: 12.3,
      since: 940_000,
    },
  ],
  sentBytes: 0,
  receivedBytes: 0,
}

function silo(view: unknown): string {
  const home = temporaryDirectory(cleanup)
  const directory = path.join(home, 'scenarios', SCENARIO)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  writeFileSync(path.join(directory, NETWORK_FILE), JSON.stringify(view))
  return home
}

function status(home: string, now: number) {
  return runCli(['network', 'status', '--dir', home], { io: { now: () => now } })
}

test('a connected peer is shown with its transport and ping', async () => {
  const { code, stdout } = await status(silo(VIEW), VIEW.writtenAt + 2_000)
  expect(code).toBe(0)
  expect(stdout).toMatch(/^aggregator +websocket +outbound +12 ms +62 s +boss$/m)
})

test('a peer that has not written for a while does not run', async () => {
  const { code, stdout } = await status(silo(VIEW), VIEW.writtenAt + 60_000)
  expect(code).toBe(4)
  expect(stdout).toContain('No peer of this federation runs')
})

test('a file that is damaged is that of no running peer', async () => {
  const { code } = await status(silo({ ...VIEW, connections: 'none' }), VIEW.writtenAt)
  expect(code).toBe(4)
})

test('what is missing names what to do', () => {
  const alone = { ...VIEW, isAggregatorConnected: false, connections: [] }
  const [here] = whatIsMissing({ ...alone, addresses: ['/ip4/127.0.0.1/tcp/1/p2p/me'] })
  expect(here?.fix).toContain('loopback only')
  const [outside] = whatIsMissing(alone)
  expect(outside?.fix).toContain('/tls/ws')
  const relayed = { ...VIEW, relays: ['/ip4/192.0.2.9/tcp/4001/p2p/porter'] }
  expect(whatIsMissing(relayed).map(({ what }) => what)).toEqual([
    expect.stringContaining('porter is not reached'),
    expect.stringContaining('No relay has given'),
  ])
  expect(whatIsMissing(VIEW)).toEqual([])
})

test('a running host writes what it is connected to', async () => {
  const directory = temporaryDirectory(cleanup)
  const { host } = await startAggregator(directory, cleanup)
  const stopping = new AbortController()
  const written = keepNetworkFile(host, {
    directory,
    aggregator: host.peerId,
    relays: [],
    signal: stopping.signal,
    now: () => 5,
    logger: { debug: () => {} },
  })
  await expect
    .poll(() => readNetworkFile(directory))
    .toMatchObject({ writtenAt: 5, peerId: host.peerId, isAggregatorConnected: true })
  stopping.abort()
  await written
})
