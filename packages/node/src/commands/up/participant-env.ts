import { existsSync } from 'node:fs'
import { engineDirectory } from '../../engines/engine-directory.ts'
import type { WantedEngine } from '../../engines/open-engine.ts'
import type { Context } from '../../framework/context.ts'

/** The environment of the participants: with the engine that all of them take, chosen once and not by each beside the others. */
export async function participantEnv(
  wanted: WantedEngine,
  context: Pick<Context, 'env' | 'signal'>,
): Promise<Context['env']> {
  const { env } = context
  const { webgpuAdapter } = wanted
  const adapter = webgpuAdapter === undefined ? {} : { FEDNODE_WEBGPU_ADAPTER: webgpuAdapter }
  return { ...env, ...adapter, FEDNODE_ENGINE: await engineOf(wanted, context) }
}

async function engineOf(
  wanted: WantedEngine,
  context: Pick<Context, 'env' | 'signal'>,
): Promise<WantedEngine['engine']> {
  // Where nothing is installed there is nothing to choose, and no library to load for it.
  if (wanted.engine !== 'auto' || !existsSync(engineDirectory(context.env))) return wanted.engine
  const { chooseEngine } = await import('@fednode/engine')
  const { engineSurroundings } = await import('../../engines/open-engine.ts')
  return (await chooseEngine(engineSurroundings(wanted, context))).backend
}
