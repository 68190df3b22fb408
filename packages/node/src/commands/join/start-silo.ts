import { performance } from 'node:perf_hooks'
import { type ChainAccount, createRegistry, readScenario } from '@fednode/contracts'
import { createEngine, type Dataset } from '@fednode/engine'
import { createBlobStore, FedError, type PeerKey } from '@fednode/protocol'
import { type AuditLog, openAuditLog } from '../../audit/open-audit-log.ts'
import { createReachingSilo } from '../../debug/create-reaching-silo.ts'
import { reachingBlobs } from '../../debug/reaching-blobs.ts'
import type { Context } from '../../framework/context.ts'
import type { Monitor } from '../../metrics/start-monitor.ts'
import type { ScenarioPlan } from '../../plan/plan.ts'
import type { ScenarioPaths } from '../../runtime/scenario-directory.ts'
import { unlessStopped } from '../../runtime/unless-stopped.ts'
import { writePrivate } from '../../runtime/write-private.ts'
import type { SiloEvent } from '../../silo/events.ts'
import type { SiloJournal } from '../../silo/silo-journal.ts'
import { attackerOf } from './attacker-of.ts'
import type { JoinOptions } from './handler.ts'
import type { SiloView } from './show-silo.ts'
import { siloHost } from './silo-host.ts'

/** Everything that a silo is made of. */
export type SiloParts = {
  readonly options: JoinOptions
  readonly context: Context
  readonly peerKey: PeerKey
  readonly account: ChainAccount
  readonly plan: ScenarioPlan
  readonly data: Dataset
  readonly paths: ScenarioPaths
  readonly journal: SiloJournal
  readonly view: SiloView
  readonly monitor: Monitor<SiloEvent>
}

/** Builds the silo's graph and starts it; `done` resolves when all of it has stopped. */
export async function startSilo(parts: SiloParts): Promise<{ readonly done: Promise<void> }> {
  const { options, context, account, plan, data, paths, journal, view } = parts
  const { logger, signal, now } = context
  const { scenario, name } = options
  const { chainId } = account
  const registry = await unlessStopped(signal, () =>
    createRegistry({ reader: account, scenario, logger }),
  )
  const blobs = reachingBlobs(createBlobStore(paths.blobs), 'silo.update-stored', context.reach)
  const audit = await openAudit(parts)
  const attacker = attackerOf(parts, registry)
  const silo = createReachingSilo(
    {
      chainId,
      scenario,
      name,
      manifest: plan.manifest,
      manifestCid: plan.cid,
      registering: plan.state.phase === 'registering',
    },
    {
      createHost: (rules) => siloHost(parts, { rules, blobs, audit, registry }),
      createEngine: () => createEngine({ backend: options.engine }),
      dataset: attacker?.spoilRows(data) ?? data,
      registry,
      journal,
      blobs,
      ...(attacker === undefined ? {} : { spoilUpdate: attacker.spoilUpdate }),
      readEndpoint: endpointReader(account, plan),
      bootstrap: options.bootstrap ?? [],
      async saveModel(bytes) {
        await writePrivate(paths.model, bytes)
        return paths.model
      },
      onEvent: view.onEvent,
      logger: logger.child({ part: 'silo' }),
      now,
      elapsed: () => performance.now(),
    },
    context.reach,
  )
  signal.addEventListener('abort', () => void silo.stop())
  const close = async (): Promise<void> => {
    await silo.stop()
    await audit.close()
    view.end()
  }
  try {
    await silo.start()
  } catch (error) {
    await close()
    throw error
  }
  if (signal.aborted) await silo.stop()
  return { done: silo.done.finally(close) }
}

/** The log of what leaves; blobs that are not the silo's own updates are global models. */
function openAudit({ context, paths, journal }: SiloParts): Promise<AuditLog> {
  return openAuditLog(paths.audit, {
    nameOf: (cid) => (journal.blobs().updates.includes(cid) ? 'update' : 'model'),
    now: context.now,
    logger: context.logger.child({ part: 'audit' }),
  })
}

/** The aggregator's addresses from the chain; while the RPC is down, those known last. */
function endpointReader(
  account: ChainAccount,
  { state }: ScenarioPlan,
): () => Promise<readonly string[]> {
  let known = split(state.endpoint)
  return async () => {
    try {
      const { endpoint } = await readScenario(account, { scenario: state.address })
      known = split(endpoint)
    } catch (error) {
      if (!(error instanceof FedError)) throw error
    }
    return known
  }
}

function split(endpoint: string): readonly string[] {
  return endpoint.split(',').filter((address) => address !== '')
}
