import type { Connection } from '@libp2p/interface'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { UserError } from '../errors.ts'
import type { PeerIdText } from '../ids.ts'
import { isPeerId } from '../peer-id.ts'
import { type RefusalReason, TransportError, type UnreachableReason } from './transport-error.ts'

/** Pause after the first failed try, in ms; doubles up to the maximum. */
const FIRST_PAUSE_MS = 200
const MAX_PAUSE_MS = 2_000

/** One peer and the addresses under which it may be found. */
export type DialTarget = { readonly peer: PeerIdText; readonly addresses: readonly Multiaddr[] }

export type DialDeps = {
  readonly tries: number
  readonly signal: AbortSignal
  dial(target: DialTarget): Promise<Connection>
  /** Talks to the new peer; returns why it does not fit. Throws when it hangs up. */
  greet(connection: Connection): Promise<RefusalReason | undefined>
}

/** Groups addresses by peer. @throws {UserError} usage BAD_ADDRESS. */
export function parseTargets(addresses: readonly string[]): readonly DialTarget[] {
  const targets = new Map<PeerIdText, Multiaddr[]>()
  for (const text of addresses) {
    const { peer, address } = parseAddress(text)
    targets.set(peer, [...(targets.get(peer) ?? []), address])
  }
  return [...targets].map(([peer, list]) => ({ peer, addresses: list }))
}

/**
 * Dials and greets, again after a pause when it fails: a peer may be starting, or see our registration a block later.
 * @throws {TransportError} UNREACHABLE, REFUSED, NOT_RUNNING.
 */
export async function connectTo(target: DialTarget, deps: DialDeps): Promise<void> {
  const start = performance.now()
  for (let tries = 1; ; tries++) {
    const failure = await tryOnce(target, deps)
    if (failure === undefined) return
    if (deps.signal.aborted) throw new TransportError('the host stopped', { code: 'NOT_RUNNING' })
    if (failure.isFinal || tries >= deps.tries) {
      throw describe({ target, failure, tries, seconds: (performance.now() - start) / 1_000 })
    }
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), MAX_PAUSE_MS)
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}

type Failure = {
  readonly isFinal: boolean
  readonly cause?: unknown
} & ({ readonly refused: RefusalReason } | { readonly unreachable: UnreachableReason })

async function tryOnce(
  target: DialTarget,
  { dial, greet }: DialDeps,
): Promise<Failure | undefined> {
  let connection: Connection | undefined
  try {
    connection = await dial(target)
    const refused = await greet(connection)
    return refused === undefined ? undefined : { isFinal: true, refused }
  } catch (cause) {
    if (connection !== undefined) return { isFinal: false, cause, ...judgeHangUp(cause) }
    return { isFinal: false, cause, ...judgeDial(cause) }
  }
}

// The other side's gate acts after noise and cannot say a word: what we see is a connection that ends.
function judgeHangUp(
  cause: unknown,
): { refused: RefusalReason } | { unreachable: UnreachableReason } {
  const names = errorsOf(cause).map((error) => error.name)
  if (names.includes('UnsupportedProtocolError')) {
    return { refused: 'it speaks another version of the protocol' }
  }
  if (codesOf(cause).includes('STALLED')) return { unreachable: 'no answer' }
  return { refused: 'it closed the connection: this peer id is not a member there' }
}

function judgeDial(
  cause: unknown,
): { refused: RefusalReason } | { unreachable: UnreachableReason } {
  const errors = errorsOf(cause)
  const codes = codesOf(cause)
  const has = (pattern: RegExp): boolean =>
    codes.some((code) => pattern.test(code)) || errors.some(({ name }) => pattern.test(name))
  if (has(/^DialDeniedError$|^ConnectionDeniedError$/)) {
    return { refused: 'it is not a member of this federation' }
  }
  if (errors.some(({ message }) => message.includes('does not match expected remote identity'))) {
    return { unreachable: 'another peer answered at this address' }
  }
  if (has(/ECONNREFUSED/)) return { unreachable: 'connection refused' }
  if (has(/ECONNRESET|ECONNABORTED|EPIPE/)) return { unreachable: 'connection reset' }
  if (has(/ENOTFOUND|EAI_AGAIN/)) return { unreachable: 'host not found' }
  if (has(/EHOSTUNREACH|ENETUNREACH/)) return { unreachable: 'no route' }
  if (has(/Timeout|ETIMEDOUT/)) return { unreachable: 'no answer' }
  if (has(/^MuxerUnavailableError$/)) {
    return { refused: 'it closed the connection: this peer id is not a member there' }
  }
  return { unreachable: 'handshake failed' }
}

function describe(options: {
  target: DialTarget
  failure: Failure
  tries: number
  seconds: number
}): TransportError {
  const { target, failure, tries, seconds } = options
  const address = target.addresses.map(String).join(', ')
  const cause = { cause: failure.cause }
  if ('refused' in failure) {
    const reason = failure.refused
    const info = { code: 'REFUSED', address, reason, tries } as const
    return new TransportError(`${address} refuses: ${reason}`, info, cause)
  }
  const reason = failure.unreachable
  const count = `${tries} ${tries === 1 ? 'try' : 'tries'} in ${seconds.toFixed(1)} s`
  return new TransportError(
    `cannot reach ${address} (${reason}, ${count})`,
    { code: 'UNREACHABLE', address, reason, tries, seconds },
    cause,
  )
}

function parseAddress(text: string): { peer: PeerIdText; address: Multiaddr } {
  try {
    const address = multiaddr(text)
    const peer = address.getComponents().findLast(({ name }) => name === 'p2p')?.value
    if (isPeerId(peer)) return { peer, address }
  } catch (cause) {
    throw badAddress(text, cause)
  }
  throw badAddress(text)
}

function badAddress(text: string, cause?: unknown): UserError {
  return new UserError('usage', `"${text}" is not the address of a peer`, {
    code: 'BAD_ADDRESS',
    hint: 'it looks like /ip4/192.0.2.1/tcp/4001/p2p/12D3KooW…',
    cause,
  })
}

/** The error, its causes and the parts of an AggregateError. */
function errorsOf(error: unknown): readonly Error[] {
  if (!(error instanceof Error)) return []
  const parts = error instanceof AggregateError ? error.errors : []
  return [error, ...errorsOf(error.cause), ...parts.flatMap(errorsOf)]
}

function codesOf(error: unknown): readonly string[] {
  return errorsOf(error).flatMap((part) =>
    'code' in part && typeof part.code === 'string' ? [part.code] : [],
  )
}
