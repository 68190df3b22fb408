import { STATISTICS_ROUND } from '@fednode/protocol'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { SiloEvent } from '../silo/events.ts'

/** From a small table on a laptop to a large model on a slow machine, in seconds. */
const TRAIN_BUCKETS_SECONDS = [0.1, 0.5, 1, 5, 15, 60, 300, 1_200, 3_600, 14_400]

/** What a silo counts: rounds, training, updates. No label carries a name, an address or a value (T49). */
export function declareSiloMetrics(registry: Registry): { onEvent(event: SiloEvent): void } {
  const metrics = metricsIn(registry)
  return {
    onEvent(event) {
      switch (event.type) {
        case 'waiting':
          if (event.for === 'aggregator') metrics.aggregatorLost.inc()
          break
        case 'round-open':
          metrics.opened.inc()
          break
        case 'skipped':
          metrics.skipped.inc({ code: event.code })
          break
        case 'sent':
          if (event.round === STATISTICS_ROUND) break
          metrics.trained.observe(event.trainMs / 1000)
          metrics.announced.inc()
          metrics.announcedBytes.inc(event.bytes)
          break
        case 'receipt':
          metrics.receipts.inc({ code: event.accepted ? 'ACCEPTED' : (event.code ?? 'REFUSED') })
          break
        case 'round-result':
          metrics.results.inc()
          metrics.lastResult.setToCurrentTime()
          break
      }
    },
  }
}

function metricsIn(registry: Registry) {
  const registers = [registry]
  const counter = (name: string, help: string) => new Counter({ name, help, registers })
  const coded = (name: string, help: string) =>
    new Counter({ name, help, labelNames: ['code'], registers })
  return {
    aggregatorLost: counter(
      'fednode_network_aggregator_lost_total',
      'Times that the aggregator could not be reached',
    ),
    opened: counter('fednode_round_opened_total', 'Rounds that this silo began'),
    skipped: coded('fednode_round_skipped_total', 'Rounds in which training failed, by error code'),
    trained: new Histogram({
      name: 'fednode_train_duration_seconds',
      help: 'Compute time of the training of one round',
      buckets: TRAIN_BUCKETS_SECONDS,
      registers,
    }),
    announced: counter('fednode_update_announced_total', 'Updates that were trained and announced'),
    announcedBytes: counter('fednode_update_announced_bytes_total', 'Bytes of announced updates'),
    receipts: coded('fednode_update_receipts_total', 'Answers of the aggregator, by code'),
    results: counter('fednode_round_results_total', 'Results of rounds that this silo heard'),
    lastResult: new Gauge({
      name: 'fednode_round_last_result_seconds',
      help: 'When the last result of a round was heard, Unix time',
      registers,
    }),
  }
}
