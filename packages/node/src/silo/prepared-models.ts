import { type Engine, type FederationModel, federationModel } from '@fednode/engine'
import {
  cidOfBlob,
  encodeWeights,
  modelSpecOf,
  type Round,
  type RoundOpen,
  type Weights,
} from '@fednode/protocol'
import { startRef } from '../start/start-ref.ts'
import { fetchModel } from './fetch-model.ts'
import { modelProviders } from './model-providers.ts'
import type { SiloRun } from './silo.ts'
import { SiloError } from './silo-error.ts'

/**
 * Gives the models of the federation: what a round trains, and what travels. A manifest that starts from a given model makes the silo fetch
 * it once, from anybody: it is the one that its administrator consented to, or it has another CID.
 * @returns a function that throws SiloError BAD_GLOBAL_MODEL, and BlobError when nobody delivers the model.
 */
export function preparedModels(
  run: SiloRun,
  engineOf: () => Promise<Engine>,
): (round: Round, signal: AbortSignal) => Promise<FederationModel> {
  const { manifest } = run.options
  let models: FederationModel | undefined
  return async (round, signal) => {
    if (models !== undefined) return models
    const engine = await engineOf()
    const start = await fetchStart(run, { engine, round, signal })
    models = federationModel(manifest, { engine, start })
    return models
  }
}

async function fetchStart(
  run: SiloRun,
  {
    engine,
    round,
    signal,
  }: { readonly engine: Engine; readonly round: Round; readonly signal: AbortSignal },
): Promise<Weights | undefined> {
  const { deps, options, host, served } = run
  const ref = startRef(options.manifest, engine)
  if (ref === undefined) return undefined
  const { weights } = await fetchModel(
    { round, model: { cid: ref.cid, size: ref.size }, what: 'model to start from' },
    {
      ...{ engine, model: modelSpecOf(options.manifest), host, blobs: deps.blobs },
      providers: modelProviders(run),
    },
    signal,
  )
  served.models.add(ref.cid)
  return weights
}

/**
 * Round 1 begins with what the manifest names, and with nothing else.
 * @throws {SiloError} BAD_GLOBAL_MODEL.
 */
export function checkFirstModel({ round, model }: RoundOpen, { first }: FederationModel): void {
  if (round !== 1) return
  const expected = cidOfBlob(encodeWeights(first()))
  if (model.cid === expected) return
  const reason = `it is ${model.cid}, the manifest gives ${expected}`
  throw new SiloError(`round 1 does not begin with the manifest's model: ${reason}`, {
    code: 'BAD_GLOBAL_MODEL',
    round,
    reason,
  })
}
