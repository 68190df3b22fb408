import { printable, UserError } from '@fednode/protocol'
import { BaseError, http, type Transport, webSocket } from 'viem'
import { parseRpcUrl, shownRpcUrl } from './rpc-url.ts'

/** Longest wait for one RPC answer. */
const RPC_TIMEOUT_MS = 10_000

const RPC_LIMITS = { timeout: RPC_TIMEOUT_MS, retryCount: 3, retryDelay: 150 }

/** A way to reach one RPC node. */
export type RpcRoute = {
  readonly transport: Transport
  /** The address without what may be secret in it. */
  readonly shownUrl: string
}

/**
 * Prepares the way to an RPC node; a WebSocket is tried once, because viem would go on dialling and print to the console.
 * @throws {UserError} BAD_RPC_URL (T29), RPC_UNREACHABLE.
 */
export async function openRpcRoute(rpcUrl: string): Promise<RpcRoute> {
  const url = parseRpcUrl(rpcUrl)
  const shownUrl = shownRpcUrl(url)
  if (url.protocol.startsWith('ws')) {
    await tryWebSocket(url, shownUrl)
    return { transport: webSocket(rpcUrl, RPC_LIMITS), shownUrl }
  }
  return { transport: httpTransport(url, RPC_LIMITS), shownUrl }
}

/** JSON-RPC over http or https. */
export function httpTransport(
  url: URL,
  limits: { readonly timeout: number; readonly retryCount: number; readonly retryDelay?: number },
): Transport {
  // A redirect could lead to another scheme or into the local network (T29): an RPC node has no reason to send one.
  return http(url.href, { ...limits, fetchOptions: { redirect: 'error' } })
}

/** Says that nobody answers at `shownUrl`, with the reason as far as it is known and no secret in it. */
export function rpcUnreachable(shownUrl: string, cause: unknown): UserError {
  return new UserError('chain', `cannot reach the chain at ${shownUrl} (${reasonOf(cause)})`, {
    code: 'RPC_UNREACHABLE',
    hint: 'Is the node running, and is the address right? A local chain starts with  fednode chain local.',
    cause,
  })
}

function tryWebSocket(url: URL, shownUrl: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const socket = new WebSocket(url)
  const fail = (reason: string): void => reject(rpcUnreachable(shownUrl, new Error(reason)))
  const timer = setTimeout(() => fail(`no answer in ${RPC_TIMEOUT_MS / 1000} s`), RPC_TIMEOUT_MS)
  socket.addEventListener('open', () => resolve())
  socket.addEventListener('error', () => fail('connection failed'))
  return promise.finally(() => {
    clearTimeout(timer)
    socket.close()
  })
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'no such host',
  ETIMEDOUT: 'timed out',
  ECONNRESET: 'connection reset',
  UND_ERR_CONNECT_TIMEOUT: 'timed out',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS; try http:// or ws://',
}

/** Why nobody answered, in a few words. @param timeoutMs - how long an answer was waited for. */
export function reasonOf(error: unknown, timeoutMs: number = RPC_TIMEOUT_MS): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth += 1) {
    const code = 'code' in at && typeof at.code === 'string' ? REASONS[at.code] : undefined
    if (code !== undefined) return code
    if (at.name === 'TimeoutError') return `no answer in ${timeoutMs / 1000} s`
    if (at.message === 'unexpected redirect') return 'it redirects, which is not followed'
    if (at.cause === undefined && !(at instanceof BaseError)) return printable(at.message)
  }
  return error instanceof BaseError ? printable(error.shortMessage) : 'no answer'
}
