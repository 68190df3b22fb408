import { setTimeout as sleep } from 'node:timers/promises'
import { type AnchoredRound, type Lease, LOCAL_CHAIN_ID, type Registry } from '@fednode/contracts'
import { FedError, type Host, type HostRules, type Message, type Round } from '@fednode/protocol'
import type { FederatorChain } from '../chain/federator-chain.ts'
import type { LeaseChain } from '../chain/lease-chain.ts'
import { rebuildJournal } from '../rebuild/rebuild-journal.ts'
import type { RebuildParts } from '../rebuild/rebuild-parts.ts'
import type { CoordinatorEvent } from '../types.ts'

const LOCAL_POLL_MS = 500
const POLL_MS = 5_000

/** What following needs besides what a rebuild does. */
export type FollowDeps = Omit<RebuildParts, 'source' | 'anchors' | 'settlements'> & {
  /** A host with the standby's key, see standbyKey. */
  createHost(rules: HostRules): Host
  readonly chain: Pick<FederatorChain, 'readScenario' | 'chainTime' | 'readSettlements'>
  /** Behind `signers`; silos may register while it follows. */
  readonly registry: Pick<Registry, 'refresh'>
  readonly lease: Pick<LeaseChain, 'read'>
  /** Own name in leases: who led last and starts again need not wait. */
  readonly holder: `0x${string}`
  /** What to do as long as nobody has ever led. */
  readonly whenNobodyLed: 'wait' | 'lead'
  readAnchors(): Promise<ReadonlyMap<Round, AnchoredRound>>
  onEvent(event: CoordinatorEvent): void
  /** Told every time that all of what the leader says is here: a standby that is not told for minutes follows nothing. */
  onFollowed(): void
  readonly signal: AbortSignal
  /** How often leader and lease are looked at. @default 500 locally, 5,000 elsewhere */
  readonly pollMs?: number
}

/** Why following ended: the lease is free, the federation is over, or the signal fired. */
export type FollowEnd = 'free' | 'over' | 'stopped'

/**
 * The standby: takes over every round of the leader as it closes, checked as a stranger would, with models, evidence, updates and the
 * strategy's state, until nobody leads any more. Without an answer of the chain it goes on following: who leads is unknown.
 * @throws {UserError} REBUILD_CONTRADICTION (refused).
 */
export async function followLeader(deps: FollowDeps): Promise<FollowEnd> {
  const { signal, chainId } = deps
  const { pollMs = chainId === LOCAL_CHAIN_ID ? LOCAL_POLL_MS : POLL_MS } = deps
  const host = deps.createHost(rulesOf(deps))
  await host.start()
  const follower = { host, deps, seen: '', term: -1, problem: '' }
  try {
    while (!signal.aborted) {
      const end = await look(follower).catch((error: unknown) => unanswered(follower, error))
      if (end !== undefined) return end
      // Aborting is how a wait ends early; nothing else rejects here.
      await sleep(pollMs, undefined, { signal }).catch(() => {})
    }
    return 'stopped'
  } finally {
    await host.stop()
  }
}

type Follower = {
  readonly host: Host
  readonly deps: FollowDeps
  /** What the leader had said when it was asked last. */
  seen: string
  /** The one that was told of. */
  term: number
  /** Code of what kept it from following, the last time it looked; empty when nothing did. */
  problem: string
}

async function look(follower: Follower): Promise<FollowEnd | undefined> {
  const { chain, lease, journal, manifest } = follower.deps
  const held = await lease.read()
  const state = await chain.readScenario()
  if (state.phase === 'closed' && journal.lastClosedRound() >= manifest.rounds.count) return 'over'
  if (isFree(held, await chain.chainTime(), follower.deps)) return 'free'
  tellWho(follower, held)
  await catchUp(follower, state.endpoint, held?.term ?? 0)
  return undefined
}

function isFree(
  held: Lease | undefined,
  now: bigint,
  { holder, whenNobodyLed }: FollowDeps,
): boolean {
  if (held === undefined) return whenNobodyLed === 'lead'
  return held.holder === holder || now >= held.expiresAt
}

/** Once a term. */
function tellWho(follower: Follower, held: Lease | undefined): void {
  const { term = 0, expiresAt } = held ?? {}
  if (follower.term === term) return
  follower.term = term
  const detail =
    expiresAt === undefined
      ? 'nobody leads yet'
      : `another aggregator leads in term ${term}, without a renewal until Unix time ${expiresAt}`
  follower.deps.onEvent({ type: 'waiting', for: 'lease', detail })
}

/** Asks the leader for its latest words, and for all that they name. */
async function catchUp(follower: Follower, endpoint: string, term: number): Promise<void> {
  const { host, deps } = follower
  const { federator } = deps.signers
  if (!host.isConnected(federator)) {
    // The endpoint on chain is a hint; only addresses that name the federator's key are dialled.
    const addresses = endpoint.split(',').filter((one) => one.endsWith(`/p2p/${federator}`))
    if (addresses.length === 0) return
    await host.connect(addresses)
  }
  // Before the leader is asked: it says a round before it anchors it.
  const [anchors, settlements] = [await deps.readAnchors(), await deps.chain.readSettlements()]
  const told = (await host.sync(federator)).map(({ message }) => message)
  follower.problem = ''
  const key = told.map(keyOf).join()
  if (key !== follower.seen) {
    await deps.registry.refresh()
    await rebuildJournal(told, { ...deps, anchors, settlements, source: leaderOf(follower) })
    follower.seen = key
    deps.onEvent({ type: 'following', term, round: deps.journal.lastClosedRound() })
  }
  deps.onFollowed()
}

/** What of a message asks for work; receipts do not. */
function keyOf({ type, round, term }: Message): string {
  return type === 'receipt' ? '' : `${type} ${round} ${term}`
}

function leaderOf({ host, deps }: Follower): RebuildParts['source'] {
  const { signers, signal } = deps
  return {
    async fetch(ref) {
      try {
        await host.fetchBlob(ref, { peers: [signers.federator], signal })
        return true
      } catch (error) {
        if (!(error instanceof FedError)) throw error
        return false
      }
    },
  }
}

/** A host that asks and gives nothing. */
function rulesOf({ signers }: FollowDeps): HostRules {
  return {
    isMember: (peer) => peer === signers.federator,
    checkMessage: () => ({ action: 'ignore', code: 'NOT_LISTENING' }),
    onMessage: () => {},
    mayServe: () => false,
    latestMessages: () => [],
  }
}

/** What only this side can mend. */
const OWN_FAULTS = new Set([
  'REBUILD_CONTRADICTION',
  'BLOB_DISK_FULL',
  'BLOB_CORRUPT',
  'BLOB_STORE_FAILED',
  'NOT_PRIVATE',
])

/** A silent chain, a leader that is gone, and a piece that it does not give any more are what a standby is for; each is told once. */
function unanswered(follower: Follower, error: unknown): undefined {
  if (!(error instanceof FedError) || OWN_FAULTS.has(error.code)) throw error
  const { code, message: reason } = error
  if (follower.problem !== code) follower.deps.logger.warn({ code, reason }, 'the standby waits')
  follower.problem = code
}
