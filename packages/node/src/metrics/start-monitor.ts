import path from 'node:path'
import { UserError } from '@fednode/protocol'
import type { Registry } from 'prom-client'
import type { Context } from '../framework/context.ts'
import type { ArgsOf } from '../framework/option.ts'
import type { metricsOptions } from '../options/metrics.ts'
import { isLoopback } from './is-loopback.ts'
import type { Network } from './network-metrics.ts'
import type { Check } from './readiness.ts'

/** What a daemon tells whoever observes it; `Event` is what its view is told as well. */
export type Monitor<Event> = {
  onEvent(event: Event): void
  /** How to tell whether a need is met. */
  meet(need: string, check: Check): void
  /** The host is there from now on. */
  watchNetwork(network: Network): void
  stop(): Promise<void>
}

/** What is observed in one kind of daemon. */
export type Observation<Event> = {
  /** Names of the checks of /readyz. */
  readonly needs: readonly string[]
  /** Declares the daemon's own metrics; loaded only when somebody observes. */
  declare(registry: Registry): Promise<{ onEvent(event: Event): void }>
}

/**
 * Starts to answer /metrics, /healthz and /readyz where --metrics says; without it nothing is opened and nothing is counted.
 * @throws {UserError} usage METRICS_OPEN for any host but loopback without a token (T49); as readToken and startMetricsServer.
 */
export async function startMonitor<Event>(
  { metrics: address, metricsToken }: ArgsOf<typeof metricsOptions>,
  context: Context,
  observation: Observation<Event>,
): Promise<Monitor<Event>> {
  if (address === undefined) return unobserved
  if (metricsToken === undefined && !isLoopback(address.host)) throw openToAll(address.host)
  const { serveMonitor } = await import('./serve-monitor.ts')
  const tokenFile = metricsToken === undefined ? undefined : path.resolve(context.cwd, metricsToken)
  const { url, ...monitor } = await serveMonitor(
    { ...address, tokenFile, credentials: context.env.CREDENTIALS_DIRECTORY },
    observation,
  )
  context.emit({ type: 'observed', url })
  if (!context.json) context.stderr.write(`Metrics     ${url}/metrics\n`)
  return monitor
}

const unobserved: Monitor<unknown> = {
  onEvent() {},
  meet() {},
  watchNetwork() {},
  async stop() {},
}

function openToAll(host: string): UserError {
  return new UserError('usage', `--metrics ${host}: others could read the metrics`, {
    code: 'METRICS_OPEN',
    hint: 'Give  --metrics-token FILE , or leave the host out: 127.0.0.1 is for this machine only.',
  })
}
