import type { TaskRound } from '../../packages/contracts/src/index.ts'
import type { Dataset, Engine } from '../../packages/engine/src/index.ts'
import { decodeArenaModel } from '../../packages/node/src/arena/arena-model.ts'
import {
  type AddressText,
  type BlobStore,
  cidFromDigest,
  modelSpecOf,
  taskScope,
} from '../../packages/protocol/src/index.ts'
import type { ArenaScene } from './arena-scene.ts'

type SubmittedModel = Pick<TaskRound['models'][number], 'node' | 'model'>

/**
 * Accuracy of every model that was scored, on rows that no member has; from the stores of the nodes that submitted them.
 * @param stores - by account.
 */
export async function measureQuality(
  engine: Engine,
  { plan, task }: ArenaScene,
  sight: {
    readonly rounds: readonly { readonly models: readonly SubmittedModel[] }[]
    readonly stores: ReadonlyMap<string, BlobStore>
    readonly data: Dataset
  },
): Promise<ReadonlyMap<string, number>> {
  const model = modelSpecOf(plan.manifest)
  const specs = engine.weightSpecs(model)
  const quality = new Map<string, number>()
  for (const { node, model: digest } of sight.rounds.flatMap(({ models }) => models)) {
    const bytes = await sight.stores.get(node)?.get(cidFromDigest(digest, 'dag-cbor'))
    const terms = { scope: taskScope(task), node: node as AddressText }
    const weights = bytes === undefined ? undefined : decodeArenaModel(bytes, specs, terms)
    if (weights === undefined) throw new TypeError(`${node} does not have the model ${digest}`)
    quality.set(digest, engine.evaluate(model, weights, sight.data).metrics.accuracy ?? 0)
  }
  return quality
}
