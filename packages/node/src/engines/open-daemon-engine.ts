import type { Engine } from '@fednode/engine'
import type { Context } from '../framework/context.ts'
import { openEngine, type WantedEngine } from './open-engine.ts'

/**
 * The same for who trains unattended: which engine it is stands in the log, where somebody looks for why rounds take long.
 * @throws {UserError} as openEngine.
 */
export async function openDaemonEngine(
  wanted: WantedEngine,
  context: Pick<Context, 'env' | 'signal' | 'logger'>,
): Promise<Engine> {
  const engine = await openEngine(wanted, context)
  context.logger.info({ engine: engine.backend }, 'engine chosen')
  return engine
}
