import { optional } from '../framework/option.ts'
import { filePath, type ValueType } from '../framework/value-type.ts'

const LOOPBACK = '127.0.0.1'
const MAX_PORT = 65_535
const SPELLING = /^(?:(\[[0-9a-fA-F:.]+\]|[a-zA-Z0-9.-]+):)?(\d{1,5})$/

/** Where a daemon answers GET /metrics, /healthz and /readyz; port 0 takes a free one. */
export type MetricsAddress = { readonly host: string; readonly port: number }

/** "9464" is 127.0.0.1:9464. */
export const metricsAddress: ValueType<MetricsAddress> = {
  placeholder: '[HOST:]PORT',
  expected: 'a port, or host:port such as 127.0.0.1:9464',
  parse: (value) => {
    const [, host = LOOPBACK, digits] = SPELLING.exec(value) ?? []
    const port = Number(digits)
    if (digits === undefined || port > MAX_PORT) return undefined
    return { host: host.replace(/^\[(.*)\]$/, '$1'), port }
  },
}

/** How a daemon is observed. */
export const metricsOptions = {
  metrics: optional(
    metricsAddress,
    'answer /metrics (Prometheus), /healthz and /readyz there; on 127.0.0.1 unless a host is named (default: nowhere)',
  ),
  metricsToken: optional(
    filePath(),
    'file with the bearer token that /metrics and /readyz then ask for; needed for any host but loopback',
  ),
} as const
