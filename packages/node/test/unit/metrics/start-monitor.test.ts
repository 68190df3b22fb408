import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { cidOfBytes, silentLogger } from '@fednode/protocol'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Context } from '../../../src/framework/context.ts'
import { declareSiloMetrics } from '../../../src/metrics/silo-metrics.ts'
import { startMonitor } from '../../../src/metrics/start-monitor.ts'
import { metricsAddress } from '../../../src/options/metrics.ts'
import type { SiloEvent } from '../../../src/silo/events.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const TOKEN = '0123456789abcdef'
const silo = {
  needs: ['chain'],
  declare: async (registry: Parameters<typeof declareSiloMetrics>[0]) =>
    declareSiloMetrics(registry),
}

async function start(address: string, metricsToken?: string) {
  const emitted: { readonly url?: string }[] = []
  const context = {
    cwd: temporaryDirectory(),
    json: true,
    env: {},
    logger: silentLogger,
    emit: (event: object) => void emitted.push(event),
  }
  const monitor = await startMonitor<SiloEvent>(
    { metrics: metricsAddress.parse(address), metricsToken },
    // Only these parts are used.
    context as unknown as Context,
    silo,
  )
  onTestFinished(() => monitor.stop())
  const url = emitted[0]?.url ?? ''
  return { monitor, text: async () => (await fetch(`${url}/metrics`)).text() }
}

describe('monitor', () => {
  it('counts what a silo does', async () => {
    const { monitor, text } = await start('0')
    monitor.meet('chain', () => true)
    monitor.onEvent({ type: 'round-open', round: 1, rounds: 2 })
    const update = cidOfBytes(Uint8Array.of(1))
    monitor.onEvent({ type: 'sent', round: 1, update, bytes: 700, trainMs: 1_500 })
    monitor.onEvent({ type: 'receipt', round: 1, accepted: false, code: 'NOT_FINITE' })
    monitor.watchNetwork({
      traffic: () => ({ sentBytes: 700, receivedBytes: 900 }),
      connected: () => 3,
    })
    const lines = (await text()).split('\n')
    expect(lines).toEqual(
      expect.arrayContaining([
        'fednode_round_opened_total 1',
        'fednode_train_duration_seconds_sum 1.5',
        'fednode_update_announced_bytes_total 700',
        'fednode_update_receipts_total{code="NOT_FINITE"} 1',
        'fednode_network_sent_bytes_total 700',
        'fednode_network_received_bytes_total 900',
        'fednode_network_connected_total 3',
        'fednode_daemon_unmet_total{need="chain"} 0',
      ]),
    )
  })

  it('T49: gives every metric of ours a name with its unit, and no label but bounded ones', async () => {
    const { text } = await start('0')
    const own = (await text()).split('\n').filter((line) => line.startsWith('fednode_'))
    expect(own.length).toBeGreaterThan(5)
    for (const line of own) {
      expect(line).toMatch(/^fednode_[a-z_]+_(seconds|bytes|total)(_bucket|_sum|_count)?[ {]/)
      expect(line).toMatch(/^[^{]+(\{((need|code|step|le)="[^"]*",?)+\})? /)
    }
  })

  it('T49: is not opened to the network without a token', async () => {
    for (const address of ['0.0.0.0:0', '[::]:0', 'silo.example.org:9464']) {
      await expect(start(address)).rejects.toMatchObject({ code: 'METRICS_OPEN' })
    }
  })

  it('T42: takes a token only from a file that nobody else reads, and says no word of it (T41)', async () => {
    const file = path.join(temporaryDirectory(), 'token')
    writeFileSync(file, `${TOKEN}\n`, { mode: 0o644 })
    await expect(start('0.0.0.0:0', file)).rejects.toMatchObject({ code: 'KEY_NOT_PRIVATE' })
    const short = path.join(temporaryDirectory(), 'token')
    writeFileSync(short, 'abc', { mode: 0o600 })
    const refused = start('0.0.0.0:0', short)
    await expect(refused).rejects.toMatchObject({ code: 'BAD_TOKEN_FILE' })
    await expect(refused).rejects.not.toThrow('abc')
  })

  it.each([
    ['9464', { host: '127.0.0.1', port: 9464 }],
    ['0.0.0.0:9464', { host: '0.0.0.0', port: 9464 }],
    ['[::1]:0', { host: '::1', port: 0 }],
    ['65536', undefined],
    ['::1:9464', undefined],
    ['host:', undefined],
    ['http://host:80', undefined],
  ])('reads --metrics %s', (text, expected) => {
    expect(metricsAddress.parse(text)).toEqual(expected)
  })
})
