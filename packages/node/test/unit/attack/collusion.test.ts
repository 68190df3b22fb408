import type { SiloName } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { createCollusion } from '../../../src/attack/collusion.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const { signal } = new AbortController()

describe('createCollusion', () => {
  const colluder = (silo: string, options: { folder: string; patienceMs: number }) =>
    createCollusion({
      ...options,
      silo: silo as SiloName,
      colluders: 2,
    })

  it('gives every colluder the updates of all, in the order of their names', async () => {
    const options = { folder: temporaryDirectory(), patienceMs: 20_000 }
    const [a, b] = [Float32Array.of(1, -2.5), Float32Array.of(3, 0.125)]
    const seen = await Promise.all([
      colluder('silo-b', options).share(1, b, signal),
      colluder('silo-a', options).share(1, a, signal),
    ])
    expect(seen).toEqual([
      [a, b],
      [a, b],
    ])
  })

  it('goes on with those who came, and does not mix rounds', async () => {
    const options = { folder: temporaryDirectory(), patienceMs: 1 }
    const own = Float32Array.of(1)
    await colluder('silo-a', options).share(1, own, signal)
    expect(await colluder('silo-b', options).share(2, own, signal)).toEqual([own])
  })

  it('stops waiting when the round is over', async () => {
    const waiting = colluder('silo-a', { folder: temporaryDirectory(), patienceMs: 60_000 }).share(
      1,
      Float32Array.of(1),
      AbortSignal.timeout(50),
    )
    await expect(waiting).rejects.toThrow(/abort/i)
  })
})
