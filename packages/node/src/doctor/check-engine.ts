import { chooseEngine, type EngineChoice, type EngineFinding, findEngine } from '@fednode/engine'
import { engineSurroundings, type WantedEngine } from '../engines/open-engine.ts'
import type { Context } from '../framework/context.ts'
import { type Finding, fail, pass } from './finding.ts'

/**
 * What trains here, tested and measured, and why others do not.
 * @throws {EngineError} BACKEND_UNAVAILABLE when nothing does.
 */
export async function checkEngine(wanted: WantedEngine, context: Context): Promise<Finding> {
  const surroundings = engineSurroundings(wanted, context)
  if (wanted.engine !== 'auto') return findingOf(await findEngine(wanted.engine, surroundings), [])
  const { backend, skipped } = await chooseEngine(surroundings)
  return findingOf(await findEngine(backend, surroundings), skipped)
}

function findingOf({ backend, probe }: EngineFinding, skipped: EngineChoice['skipped']): Finding {
  if (!probe.works)
    return fail('engine', `${backend}: ${probe.reason}`, { fix: probe.fix, fault: 'data' })
  const others = skipped.map((one) => `${one.backend}: ${one.reason}`).join('; ')
  const detail = `${backend} trains ${Math.round(probe.samplesPerSecond)} samples/s of a small CNN`
  return pass('engine', others === '' ? detail : `${detail} (${others})`)
}
