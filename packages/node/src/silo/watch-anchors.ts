import { setTimeout as sleep } from 'node:timers/promises'
import { digestOfCid, FedError, type Round } from '@fednode/protocol'
import type { SiloRun } from './silo.ts'

/** How often the chain is asked, in ms, while it has not said everything. */
const LOOK_MS = 60_000

/** Digests that the chain has of rounds, lower or upper case; rounds that are not anchored are not there. */
export type Anchors = ReadonlyMap<
  Round,
  { readonly evidenceRoot: `0x${string}`; readonly modelDigest: `0x${string}` }
>

/**
 * Holds what the aggregator tells of rounds to what it has anchored (T11, T35): a silo that hears only an attacker, or that is told something
 * else than the chain, says so as soon as the chain does. Ends with the silo.
 */
export async function watchAnchors(
  run: Pick<SiloRun, 'signal'> & {
    readonly deps: Pick<SiloRun['deps'], 'readAnchors' | 'journal' | 'logger' | 'onEvent'>
  },
): Promise<void> {
  const { deps, signal } = run
  if (deps.readAnchors === undefined) return
  while (!signal.aborted) {
    await look(deps, deps.readAnchors)
    // Aborting is how it ends; nothing else rejects here.
    await sleep(LOOK_MS, undefined, { signal }).catch(() => {})
  }
}

async function look(
  { journal, logger, onEvent }: Pick<SiloRun['deps'], 'journal' | 'logger' | 'onEvent'>,
  readAnchors: () => Promise<Anchors>,
): Promise<void> {
  const told = journal.unanchored()
  if (told.length === 0) return
  try {
    const anchors = await readAnchors()
    for (const { round, model, evidence } of told) {
      const anchor = anchors.get(round)
      if (anchor === undefined) continue
      const isSame =
        isDigestOf(anchor.evidenceRoot, evidence) && isDigestOf(anchor.modelDigest, model)
      journal.saveAnchored(round, isSame)
      if (isSame) continue
      const { evidenceRoot, modelDigest } = anchor
      const facts = { round, told: { model, evidence }, anchored: { modelDigest, evidenceRoot } }
      logger.error(facts, 'the chain has another outcome of the round than this silo was told')
      onEvent({ type: 'other-anchor', round })
    }
  } catch (error) {
    if (!(error instanceof FedError)) throw error
    logger.debug({ code: error.code }, 'the chain does not say what is anchored')
  }
}

function isDigestOf(anchored: string, cid: Parameters<typeof digestOfCid>[0]): boolean {
  return anchored.toLowerCase() === digestOfCid(cid)
}
