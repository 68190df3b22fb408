import { mkdirSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import {
  createJournal,
  createLeaseChain,
  type FollowDeps,
  type FollowEnd,
  followLeader,
  holderOf,
  type Journal,
  standbyKey,
} from '@fednode/aggregator'
import type { ChainAccount } from '@fednode/contracts'
import { federationModel, loadDataset } from '@fednode/engine'
import {
  createBlobStore,
  createHost,
  FedError,
  type HostRules,
  type SiloName,
  UserError,
} from '@fednode/protocol'
import { openEvaluator } from '../../../engines/open-engine.ts'
import { unlessStopped } from '../../../runtime/unless-stopped.ts'
import { type AggregatorParts, startAggregator } from './start-aggregator.ts'

/** Somebody else took the lease that was free a moment ago. */
const TAKEN = 'LEASE_HELD'
/** A standby that has not asked the leader for so long follows nobody, in ms. */
const FRESH_MS = 60_000

/**
 * Follows whoever leads, and leads when nobody does any more; back to following when another standby was quicker. So does an aggregator
 * that is rebuilt, since the one that it replaces may be alive for all it knows. Resolves when the federation is over, or the process is to
 * stop.
 * @throws {ChainError} LEASE_UNAVAILABLE. @throws {UserError} REBUILD_CONTRADICTION.
 */
export async function standBy(parts: AggregatorParts, account: ChainAccount): Promise<void> {
  while ((await follow(parts, account)) === 'free') {
    try {
      const aggregator = await startAggregator(parts)
      return await aggregator.done
    } catch (error) {
      if (!(error instanceof FedError) || error.code !== TAKEN) throw error
    }
  }
}

async function follow(parts: AggregatorParts, account: ChainAccount): Promise<FollowEnd> {
  const { options, context, venue, plan, paths, monitor } = parts
  const { scenario } = venue
  const lease = createLeaseChain(account, scenario)
  await unlessStopped(context.signal, () => lease.prepare())
  const journal = createJournal(paths.journal)
  mkdirSync(paths.scratch, { recursive: true, mode: 0o700 })
  try {
    journal.bind({ scenario, manifest: plan.cid })
    const engine = await openEvaluator(options)
    const whenNobodyLed = options.standby ? 'wait' : 'lead'
    const { shared: model, first: firstModel } = federationModel(plan.manifest, {
      engine,
      start: parts.start,
    })
    const follower = {
      engine,
      model,
      firstModel,
      lease,
      holder: holderOf(journal),
      whenNobodyLed,
    } as const
    let followedAt = Number.NEGATIVE_INFINITY
    const isFollowing = (): boolean => performance.now() - followedAt < FRESH_MS
    for (const need of ['following', 'network']) monitor.meet(need, isFollowing)
    const onFollowed = (): void => {
      followedAt = performance.now()
    }
    return await followLeader({ ...followed(parts, journal), ...follower, onFollowed })
  } finally {
    // Who does not follow any more leads, or is ready for nothing.
    monitor.meet('following', () => true)
    monitor.meet('network', () => false)
    journal.close()
  }
}

function followed(
  { options, context, peerKey, venue, plan, validation, paths, view }: AggregatorParts,
  journal: Journal,
): Omit<
  FollowDeps,
  'engine' | 'model' | 'firstModel' | 'lease' | 'holder' | 'whenNobodyLed' | 'onFollowed'
> {
  const { chainId, scenario, registry, chain, readAnchors } = venue
  if (chain === undefined) throw needsChain()
  const logger = context.logger.child({ part: 'standby' })
  const blobs = createBlobStore(paths.blobs)
  const own = standbyKey(peerKey, { chainId, scenario })
  const network = { peerKey: own, listen: [], chainId, scenario, blobs }
  const { manifest, cid: manifestCid } = plan
  return {
    ...{ chainId, scenario, manifest, manifestCid, peerKey, chain, registry, readAnchors },
    ...{ journal, blobs, validation, logger, scratch: paths.scratch, signal: context.signal },
    loadValidation: async (data) => (await loadDataset(options.dataFile, data)).dataset,
    signers: {
      federator: registry.federatorPeerId,
      memberOf: (silo: SiloName) => registry.members().find(({ name }) => name === silo),
      get ignored() {
        return registry.ignored().map(({ index }) => index)
      },
    },
    anchoring: (work) => work,
    createHost: (rules: HostRules) => createHost(network, { rules, logger, clock: context.now }),
    onEvent: view.onEvent,
  }
}

/** Without a chain nothing says who leads. */
export function needsChain(): UserError {
  return new UserError('usage', '--standby needs a federation with a chain', {
    code: 'BAD_OPTION',
    hint: 'Without one nobody can say who leads. Stop the other aggregator, and start this one with its directory.',
  })
}
