import type { AttackName } from '@fednode/engine'
import type { SiloName } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import {
  createSimulatedAttacker,
  type SimulatedAttacker,
} from '../../../src/attack/simulated-attacker.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const { signal } = new AbortController()
const specs = [{ name: 'dense_1/kernel', shape: [2, 2] }]
const base = { specs, values: Float32Array.of(0, 1, 0, 0) }
const trained = { specs, values: Float32Array.of(1, 1, 0, 2) }

describe('createSimulatedAttacker', () => {
  const attacker = (
    attack: AttackName,
    options: { silo?: string; updateNorm?: number; folder?: string } = {},
  ): SimulatedAttacker => {
    const { silo = 'silo-e', updateNorm = 100, folder = temporaryDirectory() } = options
    return createSimulatedAttacker({
      attack,
      silo: silo as SiloName,
      manifest: {
        seed: 1,
        rounds: { count: 2, deadlineSeconds: 60, minSilos: 3, maxSilos: 5 },
        limits: { updateNorm },
      },
      attackers: attack === 'ipm' ? 2 : 1,
      silos: () => 5,
      folder,
    })
  }

  it('mirrors the labels of its rows and nothing else for a label flip', async () => {
    const data = {
      count: 2,
      featureShape: [1],
      features: Float32Array.of(1, 2),
      featureScale: 1,
      targets: { kind: 'classes', labels: Int32Array.of(0, 2), classes: 3 },
    } as const
    const { spoilRows, spoilUpdate } = attacker('label-flip')
    expect(spoilRows(data)).toEqual({
      ...data,
      targets: { ...data.targets, labels: Int32Array.of(2, 0) },
    })
    expect(await spoilUpdate({ round: 1, base, trained }, signal)).toEqual(trained)
    expect(attacker('sign-flip').spoilRows(data)).toBe(data)
  })

  it('mirrors its update for a sign flip, below the norm that the manifest lets through', async () => {
    const honest = { round: 1, base, trained }
    const free = await attacker('sign-flip').spoilUpdate(honest, signal)
    expect(free).toEqual({ specs, values: Float32Array.of(-4, 1, 0, -8) })
    const { values } = await attacker('sign-flip', { updateNorm: 1 }).spoilUpdate(honest, signal)
    expect(Math.hypot(...values.map((value, i) => value - (base.values[i] ?? 0)))).toBeCloseTo(1, 3)
  })

  it('sends its first update again for a replay', async () => {
    const { spoilUpdate } = attacker('replay')
    await spoilUpdate({ round: 1, base, trained }, signal)
    const later = { specs, values: Float32Array.of(2, 2, 2, 2) }
    expect(await spoilUpdate({ round: 2, base: trained, trained: later }, signal)).toEqual(trained)
  })

  it('colludes for IPM: both send what both trained, turned around', async () => {
    const other = { specs, values: Float32Array.of(3, 1, 0, 0) }
    const folder = temporaryDirectory()
    const [one, two] = await Promise.all([
      attacker('ipm', { silo: 'silo-d', folder }).spoilUpdate({ round: 7, base, trained }, signal),
      attacker('ipm', { silo: 'silo-e', folder }).spoilUpdate(
        { round: 7, base, trained: other },
        signal,
      ),
    ])
    // epsilon = 2 (5 - 2) / 2 = 3, mean change (2, 0, 0, 1).
    for (const [i, value] of [-6, 1, 0, -3].entries())
      for (const crafted of [one, two]) expect(crafted.values[i]).toBeCloseTo(value, 1)
    expect(two, 'equal bytes would be refused').not.toEqual(one)
  })
})
