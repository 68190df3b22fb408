import { performance } from 'node:perf_hooks'
import { categoryCounts, columnMoments, loadTrainingRows, type TrainingRows } from '@fednode/engine'
import { askedStatistics, type Cid, createBlobStore, type PeerKey } from '@fednode/protocol'
import { type AuditLog, openAuditLog } from '../../audit/open-audit-log.ts'
import { createReachingSilo } from '../../debug/create-reaching-silo.ts'
import { reachingBlobs } from '../../debug/reaching-blobs.ts'
import { openDaemonEngine } from '../../engines/open-daemon-engine.ts'
import type { Context } from '../../framework/context.ts'
import type { Monitor } from '../../metrics/start-monitor.ts'
import type { Plan } from '../../plan/plan.ts'
import type { ScenarioPaths } from '../../runtime/scenario-directory.ts'
import { writePrivate } from '../../runtime/write-private.ts'
import type { SiloEvent } from '../../silo/events.ts'
import type { RowReader } from '../../silo/row-reader.ts'
import type { SiloJournal } from '../../silo/silo-journal.ts'
import { attackerOf } from './attacker-of.ts'
import type { JoinOptions } from './handler.ts'
import { roomOf } from './row-room.ts'
import type { SiloView } from './show-silo.ts'
import { siloHost } from './silo-host.ts'
import type { SiloVenue } from './silo-venue.ts'

/** Everything that a silo is made of. */
export type SiloParts = {
  readonly options: JoinOptions
  readonly context: Context
  readonly peerKey: PeerKey
  readonly venue: SiloVenue
  readonly plan: Plan
  readonly data: TrainingRows
  readonly paths: ScenarioPaths
  readonly journal: SiloJournal
  readonly view: SiloView
  readonly monitor: Monitor<SiloEvent>
}

/** Builds the silo's graph and starts it; `done` resolves when all of it has stopped. */
export async function startSilo(parts: SiloParts): Promise<{ readonly done: Promise<void> }> {
  const { options, context, venue, plan, data, paths, journal, view } = parts
  const { logger, signal, now } = context
  const { name } = options
  const { chainId, scenario, registry } = venue
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
      registering: venue.registering,
    },
    {
      createHost: (rules) => siloHost(parts, { rules, blobs, audit, registry }),
      createEngine: () => openDaemonEngine(options, context),
      dataset: attacker?.spoilRows(data) ?? data,
      ...(plan.manifest.preprocessing === undefined
        ? {}
        : { preprocessing: rowReader(parts, attacker) }),
      registry,
      journal,
      blobs,
      ...(attacker === undefined ? {} : { spoilUpdate: attacker.spoilUpdate }),
      readEndpoint: venue.readEndpoint,
      ...(venue.readTerm === undefined ? {} : { readTerm: venue.readTerm }),
      ...(venue.readAnchors === undefined ? {} : { readAnchors: venue.readAnchors }),
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

function nameOfBlob(journal: SiloJournal, cid: Cid): 'statistics' | 'update' | 'model' {
  if (journal.statistics()?.update.cid === cid) return 'statistics'
  return journal.blobs().updates.includes(cid) ? 'update' : 'model'
}

/** Reads the silo's file once more, for its statistics and by what all silos' gave. */
function rowReader(
  { options, plan }: SiloParts,
  attacker: ReturnType<typeof attackerOf>,
): RowReader {
  const { dataFile } = options
  const { data } = plan.manifest
  const asked = askedStatistics(plan.manifest)
  return {
    moments: () => columnMoments(dataFile, data, asked),
    categories: () => {
      const names = asked.categories.map(({ name }) => name)
      return categoryCounts(dataFile, data, names)
    },
    async load(filled) {
      const { dataset } = await loadTrainingRows(dataFile, filled, roomOf(options))
      return attacker?.spoilRows(dataset) ?? dataset
    },
  }
}

/** The log of what leaves; blobs that are not the silo's own updates are global models. */
function openAudit({ context, paths, journal }: SiloParts): Promise<AuditLog> {
  return openAuditLog(paths.audit, {
    nameOf: (cid) => nameOfBlob(journal, cid),
    now: context.now,
    logger: context.logger.child({ part: 'audit' }),
  })
}
