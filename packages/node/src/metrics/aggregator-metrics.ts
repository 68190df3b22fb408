import type { CoordinatorEvent, RoundRecord } from '@fednode/aggregator'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

/** From a toy to a large model with many coalitions, in seconds. */
const STEP_BUCKETS_SECONDS = [0.1, 0.5, 1, 5, 15, 60, 300, 1_200, 3_600, 14_400]

/** What an aggregator counts: rounds, updates, the chain. No label carries a name, an address or a value (T49). */
export function declareAggregatorMetrics(registry: Registry): {
  onEvent(event: CoordinatorEvent): void
} {
  const metrics = metricsIn(registry)
  return {
    onEvent(event) {
      switch (event.type) {
        case 'round-open':
          metrics.opened.inc()
          break
        case 'update':
          metrics.received.inc()
          break
        case 'refused':
          metrics.refused.inc({ code: event.code })
          break
        case 'round-closed':
          close(metrics, event.record)
          break
        case 'anchored':
          metrics.anchored.inc({ step: event.step })
          metrics.gas.inc(event.gas)
          break
        case 'chain-delayed':
          metrics.delayed.inc({ code: event.code })
          break
      }
    },
  }
}

function close(metrics: ReturnType<typeof metricsIn>, { seconds, updates }: RoundRecord): void {
  metrics.closed.inc()
  metrics.lastClosed.setToCurrentTime()
  for (const { update } of updates) metrics.receivedBytes.inc(update.size)
  const { train, transfer, aggregate, assess } = seconds
  for (const [step, value] of Object.entries({ train, transfer, aggregate, assess })) {
    metrics.steps.observe({ step }, value)
  }
}

function metricsIn(registry: Registry) {
  const registers = [registry]
  const counter = (name: string, help: string) => new Counter({ name, help, registers })
  const labelled = <L extends string>(label: L, name: string, help: string) =>
    new Counter({ name, help, labelNames: [label], registers })
  return {
    opened: counter('fednode_round_opened_total', 'Rounds that were opened'),
    closed: counter('fednode_round_closed_total', 'Rounds that were aggregated and assessed'),
    lastClosed: new Gauge({
      name: 'fednode_round_last_closed_seconds',
      help: 'When the last round was closed, Unix time',
      registers,
    }),
    steps: new Histogram({
      name: 'fednode_round_step_seconds',
      help: 'Time of each step of a round',
      labelNames: ['step'],
      buckets: STEP_BUCKETS_SECONDS,
      registers,
    }),
    received: counter('fednode_update_received_total', 'Updates that were accepted'),
    receivedBytes: counter(
      'fednode_update_received_bytes_total',
      'Bytes of the updates of closed rounds',
    ),
    refused: labelled('code', 'fednode_update_refused_total', 'Updates that were refused, by code'),
    anchored: labelled('step', 'fednode_chain_anchored_total', 'Transactions that were mined'),
    gas: counter('fednode_chain_gas_total', 'Gas of these transactions'),
    delayed: labelled('code', 'fednode_chain_delayed_total', 'Steps on the chain that failed'),
  }
}
