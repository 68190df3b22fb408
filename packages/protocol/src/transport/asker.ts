import type { PeerIdText } from '../ids.ts'

/** Whom to ask, and what its answers may take. */
export type AskerOptions = {
  /** Multiaddr with /p2p/ suffix. */
  readonly address: string
  /** Libp2p protocol id. */
  readonly protocol: string
  readonly maxAnswerBytes: number
  /** How long an answer may take to begin, in ms. */
  readonly answerMs: number
  /** @default CONNECT_TRIES */
  readonly connectTries?: number
}

/** A connection with one service. */
export type Asker = {
  readonly peer: PeerIdText
  /**
   * Sends one request and waits for its answer, which is untrusted. Dials again when the connection is gone.
   * @throws {TransportError} UNREACHABLE, REFUSED, NO_ANSWER, NOT_RUNNING.
   */
  ask(request: Uint8Array): Promise<Uint8Array>
  close(): Promise<void>
}

/**
 * Asks a service under a fresh key of its own: who asks says nothing of who it is elsewhere.
 * @param signal - ends connecting and asking.
 * @throws {UserError} usage BAD_ADDRESS.
 */
export async function createAsker(options: AskerOptions, signal: AbortSignal): Promise<Asker> {
  // libp2p takes long to load.
  const { startAsker } = await import('./start-asker.ts')
  return startAsker(options, signal)
}
