import { scoreOfMetric } from '@fednode/aggregator'
import type { Task } from '@fednode/contracts'
import { EngineError } from '@fednode/engine'
import { cidFromDigest } from '@fednode/protocol'
import type { ArenaRun } from './arena-member.ts'
import { decodeArenaModel } from './arena-model.ts'

/** What a validator thinks of a model: points, and the metric that they come from. */
type Opinion = { readonly score: number; readonly value?: number }

const NOTHING: Opinion = { score: 0 }

/**
 * Measures a model on all own rows. One that has not come, is not what its node had to submit, or says nothing that is finite has no
 * points: every honest validator says the same of it.
 * @throws {EngineError} when the rows are at fault.
 */
export async function scoreModel(
  run: ArenaRun,
  { node, model: digest }: Task['entries'][number],
): Promise<Opinion> {
  const { deps, model, options } = run
  const { blobs, data, logger } = deps
  const cid = cidFromDigest(digest, 'dag-cbor')
  if (!(await blobs.has(cid))) {
    logger.warn({ node, digest }, 'a model did not come in time: it scores nothing')
    return NOTHING
  }
  const engine = await run.engine()
  const specs = engine.weightSpecs(model)
  const weights = decodeArenaModel(await blobs.get(cid), specs, { ...options, node })
  if (weights === undefined) {
    logger.warn({ node, digest }, 'a model is not what its node had to submit: it scores nothing')
    return NOTHING
  }
  try {
    const value = engine.evaluate(model, weights, data).metrics[options.metric] ?? Number.NaN
    const deviation = data.targets.kind === 'value' ? data.targets.scale.deviation : 1
    return { score: scoreOfMetric(options.metric, value, deviation), value }
  } catch (error) {
    if (error instanceof EngineError && error.code === 'NOT_FINITE') return NOTHING
    throw error
  }
}
