import { setTimeout as sleep } from 'node:timers/promises'
import { FedError, type Message, type PeerIdText, type SiloName } from '@fednode/protocol'
import { anchoring } from '../coordinator/anchoring.ts'
import type { Run } from '../coordinator/coordinator.ts'
import { serveRound } from '../coordinator/serve-round.ts'
import { usePreprocessing } from '../preprocessing/use-preprocessing.ts'
import { rebuildJournal } from './rebuild-journal.ts'
import type { RebuildParts } from './rebuild-parts.ts'
import type { RebuildSource } from './rebuild-source.ts'

/** How long silos that are not there are waited for before those who are there have to do, in ms. */
const WAIT_MS = 30_000
/** How often it is looked who came, in ms. */
const POLL_MS = 250

/**
 * Brings the journal up to what the silos were told by whoever led before: each keeps the federator's latest words and the evidence of its
 * rounds. Waits for all of them, for a while, and for as many as a round needs, for ever.
 * @throws {UserError} REBUILD_INCOMPLETE (network), REBUILD_CONTRADICTION (refused).
 */
export async function rebuildFromSilos(run: Run): Promise<undefined> {
  const { deps } = run
  if (deps.readAnchors === undefined) return
  const anchors = await deps.readAnchors()
  const told = await askSilos(run)
  if (run.signal.aborted) return
  const settlements = (await deps.chain?.readSettlements()) ?? []
  const parts = { ...rebuildParts(run), source: silosOf(run), anchors, settlements }
  const { rounds, missingUpdates } = await rebuildJournal(told, parts)
  await usePreprocessing(run)
  for (const record of deps.journal.records()) serveRound(run, record)
  if (rounds > 0) {
    deps.onEvent({ type: 'rebuilt', rounds, missingUpdates: missingUpdates.length })
  }
}

/** What a rebuild takes from a coordinator. */
function rebuildParts({
  options,
  deps,
  model,
  firstModel,
  state,
}: Run): Omit<RebuildParts, 'source' | 'anchors' | 'settlements'> {
  const { chainId, scenario, manifest, manifestCid } = options
  const { registry, journal, blobs, engine, scratch, logger, peerKey } = deps
  const members = new Map(registry.members().map((member) => [member.name, member]))
  const signers = {
    federator: registry.federatorPeerId,
    memberOf: (silo: SiloName) => members.get(silo),
    ignored: registry.ignored().map(({ index }) => index),
  }
  return {
    ...{ chainId, scenario, manifest, manifestCid, model, firstModel, signers },
    ...{ journal, blobs, engine, scratch, logger, peerKey, validation: state.validation },
    ...(deps.loadValidation && { loadValidation: deps.loadValidation }),
    anchoring: (work) => anchoring(deps, work),
  }
}

/** The federator's words that the silos keep. */
async function askSilos(run: Run): Promise<readonly Message[]> {
  const { deps, host, options, signal } = run
  const told = new Map<PeerIdText, readonly Message[]>()
  const startedAt = deps.elapsed()
  let said = -1
  for (;;) {
    const members = deps.registry.members()
    for (const { peerId } of members) {
      if (!told.has(peerId) && host.isConnected(peerId)) await askSilo(run, peerId, told)
    }
    const isLate = deps.elapsed() - startedAt > WAIT_MS
    const isEnough = isLate && told.size >= options.manifest.rounds.minSilos
    if (signal.aborted || isEnough || told.size >= members.length) return [...told.values()].flat()
    if (said !== told.size) {
      said = told.size
      const detail = `${said} of ${members.length} have told what they know of earlier rounds`
      deps.onEvent({ type: 'waiting', for: 'silos', detail })
    }
    // Aborting is how a wait ends early; nothing else rejects here.
    await sleep(POLL_MS, undefined, { signal }).catch(() => {})
  }
}

async function askSilo(
  { host, deps }: Run,
  peer: PeerIdText,
  told: Map<PeerIdText, readonly Message[]>,
): Promise<void> {
  try {
    const messages = await host.sync(peer)
    // What it says of itself is of no interest here; what it was told bears the federator's signature.
    const own = messages.filter(({ sender }) => sender === host.peerId)
    told.set(
      peer,
      own.map(({ message }) => message),
    )
  } catch (error) {
    if (!(error instanceof FedError)) throw error
    deps.logger.debug({ peer, code: error.code }, 'a silo did not say what it knows')
  }
}

/** Silos keep evidence, global models and their own updates. */
function silosOf({ deps, host, signal }: Run): RebuildSource {
  return {
    async fetch(ref, kind) {
      const connected = deps.registry.members().filter(({ peerId }) => host.isConnected(peerId))
      const may =
        typeof kind === 'string'
          ? connected
          : connected.filter(({ name }) => name === kind.updateOf)
      const peers = may.map(({ peerId }) => peerId)
      if (kind === 'state' || peers.length === 0) return false
      try {
        await host.fetchBlob(ref, { peers, signal })
        return true
      } catch (error) {
        if (!(error instanceof FedError)) throw error
        deps.logger.debug({ cid: ref.cid, code: error.code }, 'no silo gives this')
        return false
      }
    },
  }
}
