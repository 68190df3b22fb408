import { createHash, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { UserError } from '@fednode/protocol'
import type { MetricsAddress } from '../options/metrics.ts'
import { isLoopback } from './is-loopback.ts'
import type { ReadinessReport } from './readiness.ts'

/** Scrapers and probes at one time. */
const MAX_CONNECTIONS = 32
/** Time for a whole request, in ms (T28: slow clients). */
const REQUEST_TIMEOUT_MS = 5_000
/** How often slow clients are looked for, in ms. */
const LOOK_FOR_SLOW_MS = 1_000
/** A request has a short header and no body. */
const MAX_HEADER_BYTES = 8_192

/** What the server tells. */
export type Observed = {
  /** The Prometheus text format, and its content type. */
  metrics(): Promise<{ readonly text: string; readonly contentType: string }>
  readiness(): Promise<ReadinessReport>
}

/** A server that listens. */
export type MetricsServer = { readonly url: string; stop(): Promise<void> }

type Answer = { readonly status: number; readonly type: string; readonly body: string }

/**
 * Answers GET /metrics, /healthz (the process lives; open to all who reach it) and /readyz (200 ready, 503 not), and nothing else. With a
 * token the first and the last ask for it (RFC 6750); without one only names of this machine are answered, so that no web page reads
 * them through a name of its own (T49).
 * @throws {UserError} usage PORT_IN_USE, BAD_METRICS_ADDRESS.
 */
export async function startMetricsServer(
  options: MetricsAddress & {
    readonly token: string | undefined
    /** @default REQUEST_TIMEOUT_MS */
    readonly requestTimeoutMs?: number
  },
  observed: Observed,
): Promise<MetricsServer> {
  const { host, port, token, requestTimeoutMs = REQUEST_TIMEOUT_MS } = options
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      requestTimeout: requestTimeoutMs,
      headersTimeout: requestTimeoutMs,
      connectionsCheckingInterval: Math.min(LOOK_FOR_SLOW_MS, requestTimeoutMs),
    },
    (request, response) => {
      void answer(request, token, observed)
        .catch(() => plain(500, 'this could not be told'))
        .then((found) => send(response, found))
    },
  )
  server.maxConnections = MAX_CONNECTIONS
  server.listen({ host, port })
  await once(server, 'listening').catch((cause: unknown) => {
    throw cannotListen(host, port, cause)
  })
  // A TCP server's address is never a path.
  const { port: bound } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    async stop() {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function answer(
  { method, url = '/', headers }: IncomingMessage,
  token: string | undefined,
  { metrics, readiness }: Observed,
): Promise<Answer> {
  if (method !== 'GET') return plain(405, 'only GET')
  const [path] = url.split('?')
  if (path === '/healthz') return json(200, { status: 'alive' })
  if (path !== '/metrics' && path !== '/readyz') return plain(404, 'not here')
  if (token === undefined && !isLoopback(nameOf(headers.host))) return plain(421, 'not this name')
  if (token !== undefined && !isSame(headers.authorization ?? '', `Bearer ${token}`)) {
    return plain(401, 'a bearer token is needed')
  }
  if (path === '/metrics') {
    const { text, contentType } = await metrics()
    return { status: 200, type: contentType, body: text }
  }
  const report = await readiness()
  return json(report.status === 'ready' ? 200 : 503, report)
}

/** The name or address in a Host header, without its port. */
function nameOf(host = ''): string {
  return host.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1')
}

/** In the same time whatever differs. */
function isSame(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map((text) => createHash('sha256').update(text).digest())
  return a !== undefined && b !== undefined && timingSafeEqual(a, b)
}

function send(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    ...(status === 405 ? { allow: 'GET' } : {}),
  })
  response.end(body)
}

function json(status: number, value: object): Answer {
  return { status, type: 'application/json', body: `${JSON.stringify(value)}\n` }
}

function plain(status: number, text: string): Answer {
  return { status, type: 'text/plain; charset=utf-8', body: `${text}\n` }
}

function cannotListen(host: string, port: number, cause: unknown): UserError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
  return new UserError('usage', `--metrics: cannot listen on ${host} port ${port} (${code})`, {
    code: code === 'EADDRINUSE' ? 'PORT_IN_USE' : 'BAD_METRICS_ADDRESS',
    hint: 'Choose another port; 0 takes any free one.',
    cause,
  })
}
