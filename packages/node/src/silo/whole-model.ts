import { type Engine, type FederationModel, joinPersonal } from '@fednode/engine'
import { encodeWeights, type Round, travelsInPart } from '@fednode/protocol'
import type { FetchedModel } from './fetch-model.ts'
import { memoryLengths } from './memory-lengths.ts'
import { recallMemory } from './recall-memory.ts'
import type { SiloRun } from './silo.ts'

/** The whole model of a silo after a round, as a file: the global one, what stayed as given, and the silo's own layers. */
export async function wholeModel(
  { deps, options }: Pick<SiloRun, 'deps' | 'options'>,
  made: {
    readonly engine: Engine
    readonly models: FederationModel
    readonly round: Round
    /** The global model, as it came and as it was read. */
    readonly fetched: FetchedModel
  },
): Promise<Uint8Array> {
  const { engine, models, round, fetched } = made
  if (!travelsInPart(options.manifest)) return fetched.bytes
  const { weights: shared } = fetched
  const lengths = memoryLengths(options.manifest, models, shared)
  const memory = await recallMemory(deps.journal.memoryBefore(round + 1), lengths, deps)
  const local = joinPersonal(models, shared, memory.personal)
  return encodeWeights(engine.fullWeights(models.local, local))
}
