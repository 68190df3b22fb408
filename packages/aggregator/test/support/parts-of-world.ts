import { type Engine, federationModel } from '@fednode/engine'
import { type BlobStore, silentLogger, type Weights } from '@fednode/protocol'
import type { Journal } from '../../src/journal/create-journal.ts'
import type { RebuildParts } from '../../src/rebuild/rebuild-parts.ts'
import type { World } from './coordination.ts'
import {
  CHAIN_ID,
  cidOfManifest,
  fixedRegistry,
  keyOf,
  SCENARIO,
  tinyValidation,
} from './tiny-federation.ts'

/** What somebody has who makes the journal of a world again, or follows it, from an own directory. */
export function partsOfWorld(
  { manifest, silos }: World,
  own: {
    readonly engine: Engine
    readonly journal: Journal
    readonly blobs: BlobStore
    readonly scratch: string
    /** The model that training.start names. */
    readonly start?: Weights
  },
): Omit<RebuildParts, 'source' | 'anchors' | 'settlements'> {
  const { engine, start, ...kept } = own
  const { shared, first } = federationModel(manifest, { engine, start })
  const members = new Map(
    fixedRegistry([...silos.keys()])
      .members()
      .map((member) => [member.name, member]),
  )
  return {
    ...kept,
    chainId: CHAIN_ID,
    scenario: SCENARIO,
    manifest,
    manifestCid: cidOfManifest(manifest),
    engine,
    model: shared,
    firstModel: first,
    peerKey: keyOf('federator'),
    signers: { federator: keyOf('federator').peerId, memberOf: (silo) => members.get(silo) },
    anchoring: (work) => work,
    validation: tinyValidation(),
    logger: silentLogger,
  }
}
