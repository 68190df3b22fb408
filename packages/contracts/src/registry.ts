import {
  isSiloName,
  type Logger,
  type PeerIdText,
  peerIdFromPublicKey,
  type SiloName,
  silentLogger,
  verifyBinding,
} from '@fednode/protocol'
import { type Address, hexToBytes } from 'viem'
import { createPacedLook } from './paced-look.ts'
import { type RegisteredClient, readRegistrations } from './reads/read-registrations.ts'
import { readScenario } from './reads/read-scenario.ts'
import type { ChainReader, ScenarioState } from './types.ts'

/** Once rounds run, strangers make the registry look at the chain at most this often, in ms: clients that come late wait for the next round anyway. */
const LATE_REFRESH_INTERVAL_MS = 30_000

/** A client of the Scenario whose peer key has signed for its account: it may speak. */
export type Member = {
  /** Index of the client in the Scenario, which is its place in the vector of shares. */
  readonly index: number
  readonly name: SiloName
  readonly peerId: PeerIdText
  readonly account: Address
  readonly token: Address
}

/** A client that is paid but not listened to: its binding does not hold (T2). */
export type IgnoredClient = { readonly index: number; readonly account: Address }

/** Who belongs to a federation, as the chain says: the allow-list of the network (T1). */
export type Registry = {
  /** Looks at the chain now. @throws {ChainError} */
  refresh(): Promise<void>
  /** In index order, the ignored ones left out. */
  members(): readonly Member[]
  memberOf(peerId: PeerIdText): Member | undefined
  ignored(): readonly IgnoredClient[]
  /** Clients that take part, the ignored ones included: once rounds run, those who came late wait for their first round. */
  readonly clientCount: number
  readonly federatorPeerId: PeerIdText
  /**
   * Whether a peer may connect: the federator, or a member. A stranger makes the registry look again: as long as clients register,
   * at most once a second for all strangers together, later every half minute. While the RPC is down the last answer holds.
   */
  isMember(peerId: PeerIdText): Promise<boolean>
  /** Block of the last look. */
  readonly blockNumber: bigint
}

export type RegistryOptions = {
  readonly reader: ChainReader
  readonly scenario: Address
  /** Block at or before the creation, see readRegistrations. */
  readonly fromBlock?: bigint
  /** How often strangers make it look at the chain once rounds run, in ms. @default 30,000 */
  readonly lateRefreshMs?: number
  readonly logger?: Logger
}

type Snapshot = {
  readonly state: ScenarioState
  readonly members: readonly Member[]
  readonly ignored: readonly IgnoredClient[]
  readonly clientCount: number
}

/**
 * Reads who belongs to a Scenario and keeps it, with its block number.
 * @throws {ChainError} when the first look fails.
 */
export async function createRegistry(options: RegistryOptions): Promise<Registry> {
  const { logger = silentLogger, lateRefreshMs = LATE_REFRESH_INTERVAL_MS } = options
  let snapshot = await readSnapshot(options)
  warnOfIgnored(logger, snapshot.ignored)
  const looks = createPacedLook(
    async () => {
      const before = snapshot.ignored.length
      const read = await readSnapshot(options)
      // A node of the RPC that lags behind another must not put a member out again, whose messages would then count as a stranger's.
      if (read.state.blockNumber < snapshot.state.blockNumber) return
      snapshot = read
      warnOfIgnored(logger, snapshot.ignored.slice(before))
    },
    ({ code }) => logger.warn({ code }, 'the registry could not be read; the last one holds'),
  )

  function mayLook(): boolean {
    const { phase } = snapshot.state
    if (phase === 'registering') return true
    return phase !== 'closed' && looks.sinceMs() >= lateRefreshMs
  }

  const federatorPeerId = peerIdOf(snapshot.state.params.federatorPeerKey)
  const memberOf = (peerId: PeerIdText): Member | undefined =>
    snapshot.members.find((member) => member.peerId === peerId)
  return {
    refresh: looks.now,
    members: () => snapshot.members,
    memberOf,
    ignored: () => snapshot.ignored,
    get clientCount() {
      return snapshot.clientCount
    },
    federatorPeerId,
    async isMember(peerId) {
      if (peerId === federatorPeerId || memberOf(peerId) !== undefined) return true
      if (!mayLook()) return false
      await looks.soon()
      return memberOf(peerId) !== undefined
    },
    get blockNumber() {
      return snapshot.state.blockNumber
    },
  }
}

async function readSnapshot({ reader, scenario, fromBlock }: RegistryOptions): Promise<Snapshot> {
  // The phase first: a client that registers in between is then seen, and one seen later makes no harm.
  const state = await readScenario(reader, { scenario })
  const range = fromBlock === undefined ? {} : { fromBlock }
  const registered = await readRegistrations(reader, { scenario, ...range })
  const clients =
    state.phase === 'registering' ? registered : registered.slice(0, state.activeClients)
  const scope = { chainId: reader.chainId, scenario }
  const members: Member[] = []
  const ignored: IgnoredClient[] = []
  for (const client of clients) {
    const member = memberFrom(client, scope)
    if (member === undefined) ignored.push({ index: client.index, account: client.controller })
    else members.push(member)
  }
  return { state, members, ignored, clientCount: clients.length }
}

function memberFrom(
  client: RegisteredClient,
  scope: { readonly chainId: number; readonly scenario: Address },
): Member | undefined {
  const { index, name, controller: account, token, peerKey, binding } = client
  const publicKey = hexToBytes(peerKey)
  if (!isSiloName(name) || !verifyBinding({ ...scope, account, publicKey, binding })) {
    return undefined
  }
  return { index, name, peerId: peerIdFromPublicKey(publicKey), account, token }
}

function peerIdOf(peerKey: `0x${string}`): PeerIdText {
  return peerIdFromPublicKey(hexToBytes(peerKey))
}

function warnOfIgnored(logger: Logger, ignored: readonly IgnoredClient[]): void {
  for (const { index, account } of ignored) {
    logger.warn(
      { index, account },
      'a client is ignored: its peer key did not sign for its account',
    )
  }
}
