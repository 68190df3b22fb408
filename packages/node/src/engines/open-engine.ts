import {
  type BackendName,
  chooseBundledEngine,
  chooseEngine,
  createEngine,
  type Engine,
  EngineError,
  findEngine,
} from '@fednode/engine'
import { UserError } from '@fednode/protocol'
import type { Context } from '../framework/context.ts'
import { engineDirectory } from './engine-directory.ts'

/** What --engine and its adapter say. */
export type WantedEngine = {
  readonly engine: 'auto' | BackendName
  readonly webgpuAdapter?: string | undefined
  /** Of one training. @default one for each core */
  readonly threads?: number | undefined
}

type Surroundings = Parameters<typeof chooseEngine>[0]

/** Where engines of this user are, and how they are tried. */
export function engineSurroundings(
  { webgpuAdapter: adapter }: Pick<WantedEngine, 'webgpuAdapter'>,
  { env, signal }: Pick<Context, 'env' | 'signal'>,
): Surroundings {
  const directory = engineDirectory(env)
  return { env, signal, place: { directory, ...(adapter === undefined ? {} : { adapter }) } }
}

/**
 * Starts the engine that trains: the one that was asked for, or the fastest that passes its self-test.
 * @throws {UserError} data ENGINE_UNUSABLE: why, and what would work.
 */
export async function openEngine(
  wanted: WantedEngine,
  context: Pick<Context, 'env' | 'signal' | 'logger'>,
): Promise<Engine> {
  const surroundings = engineSurroundings(wanted, context)
  const { place } = surroundings
  if (wanted.engine !== 'auto') return await openNamed(wanted.engine, surroundings, wanted.threads)
  const { skipped, ...choice } = await chooseEngine(surroundings)
  for (const { backend, reason } of skipped)
    context.logger.debug({ engine: backend, reason }, 'engine not taken')
  return await createEngine({ backend: choice.backend, place, threads: wanted.threads })
}

/** Starts the engine of who only evaluates: what comes with fednode, so that others can make an evaluation again bit for bit. */
export async function openEvaluator({ engine }: WantedEngine): Promise<Engine> {
  const isBundled = engine === 'wasm' || engine === 'cpu'
  return await createEngine({ backend: isBundled ? engine : await chooseBundledEngine() })
}

async function openNamed(
  backend: BackendName,
  surroundings: Surroundings,
  threads: number | undefined,
): Promise<Engine> {
  try {
    return await createEngine({ backend, place: surroundings.place, threads })
  } catch (cause) {
    if (!(cause instanceof EngineError)) throw cause
    // Once more in a process of its own, where what the library prints can be read.
    const { probe } = await findEngine(backend, surroundings)
    if (probe.works) throw cause
    throw new UserError('data', `engine ${backend} cannot be used here: ${probe.reason}`, {
      code: 'ENGINE_UNUSABLE',
      hint: `${probe.fix} Or  --engine auto  takes what works.`,
      cause,
    })
  }
}
