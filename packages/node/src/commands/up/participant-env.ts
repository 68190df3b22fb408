import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { engineDirectory } from '../../engines/engine-directory.ts'
import type { WantedEngine } from '../../engines/open-engine.ts'
import type { Context } from '../../framework/context.ts'
import { sizeText } from '../../framework/memory-size.ts'

type Wishes = {
  readonly memoryLimit?: number
  readonly force?: readonly string[]
  /** How many silos train on this machine at once. */
  readonly trainers: number
}

/**
 * The environment of the participants: with the engine that all of them take, chosen once and not by each beside the others, the threads and
 * the memory for rows that each may use, and the floors that its user goes below by name.
 */
export async function participantEnv(
  wanted: WantedEngine & Wishes,
  context: Pick<Context, 'env' | 'signal'>,
): Promise<Context['env']> {
  const { env } = context
  const { webgpuAdapter, memoryLimit, force = [], trainers } = wanted
  const { threads = Math.max(1, Math.floor(availableParallelism() / trainers)) } = wanted
  const adapter = webgpuAdapter === undefined ? {} : { FEDNODE_WEBGPU_ADAPTER: webgpuAdapter }
  const memory = memoryLimit === undefined ? {} : { FEDNODE_MEMORY_LIMIT: sizeText(memoryLimit) }
  const floors = force.length === 0 ? {} : { FEDNODE_FORCE: force.join(',') }
  return {
    ...env,
    ...adapter,
    ...memory,
    ...floors,
    FEDNODE_THREADS: String(threads),
    FEDNODE_ENGINE: await engineOf(wanted, context),
  }
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
