import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { MetricsAddress } from '../options/metrics.ts'
import { startMetricsServer } from './metrics-server.ts'
import { declareNetworkMetrics } from './network-metrics.ts'
import { readToken } from './read-token.ts'
import { createReadiness } from './readiness.ts'
import type { Monitor, Observation } from './start-monitor.ts'

/** The monitor of a daemon that somebody observes; `url` is where. @throws {UserError} as readToken and startMetricsServer. */
export async function serveMonitor<Event>(
  options: MetricsAddress & {
    readonly tokenFile: string | undefined
    readonly credentials: string | undefined
  },
  { needs, declare }: Observation<Event>,
): Promise<Monitor<Event> & { readonly url: string }> {
  const { host, port, tokenFile, credentials } = options
  const token = tokenFile === undefined ? undefined : await readToken(tokenFile, credentials)
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const readiness = createReadiness(needs)
  new Gauge({
    name: 'fednode_daemon_unmet_total',
    help: 'Needs of this daemon that are not met now, by name: 0 or 1 each',
    labelNames: ['need'],
    registers: [registry],
    async collect() {
      const { checks } = await readiness.report()
      for (const [need, met] of Object.entries(checks)) this.set({ need }, met ? 0 : 1)
    },
  })
  const { onEvent } = await declare(registry)
  const metrics = async () => ({
    text: await registry.metrics(),
    contentType: registry.contentType,
  })
  const server = await startMetricsServer(
    { host, port, token },
    { metrics, readiness: readiness.report },
  )
  return {
    url: server.url,
    onEvent,
    meet: readiness.meet,
    watchNetwork: (network) => declareNetworkMetrics(registry, network),
    stop: server.stop,
  }
}
