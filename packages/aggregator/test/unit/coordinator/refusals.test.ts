import {
  BlobError,
  type BlobErrorInfo,
  type BlobRef,
  cidOfBlob,
  encodeWeights,
  isPeerFault,
  PROTOCOL_VERSION,
  type RefusalCode,
  type TensorSpec,
  type UpdateReady,
} from '@fednode/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../support/coordination.ts'
import { type Behaviour, honest, steppedFrom } from '../../support/scripted-silo.ts'
import { CHAIN_ID, keyOf, SCENARIO } from '../../support/tiny-federation.ts'

let world: World | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

const SPECS: readonly TensorSpec[] = [{ name: 'other/kernel', shape: [3, 3] }]
const OTHER_BLOB: BlobRef = { cid: cidOfBlob(Uint8Array.of(1)), size: 1 }

const withValue =
  (value: number): Behaviour =>
  async (open, silo) => {
    const { specs, values } = await steppedFrom(open, silo)
    values[0] = value
    await silo.submit(open, encodeWeights({ specs, values }))
  }

const announcing =
  (changes: Partial<UpdateReady>): Behaviour =>
  async (open, silo) => {
    await silo.submit(open, encodeWeights(await steppedFrom(open, silo)), changes)
  }

/** Announces a good update, but fetching it ends with this code. */
function served(code: string): Behaviour {
  return async (open, silo) => {
    const bytes = encodeWeights(await steppedFrom(open, silo))
    const { cid } = await silo.blobs.put(bytes)
    const info: BlobErrorInfo =
      code === 'BLOB_BAD_REFERENCE'
        ? { code, detail: 'the id is no blob id' }
        : { code: 'BLOB_UNAVAILABLE', cid, reasons: { [keyOf(silo.name).peerId]: code } }
    const get = (): Promise<never> => Promise.reject(new BlobError('no blob', info))
    Object.assign(silo.blobs, { get })
    await silo.submit(open, bytes)
  }
}

/** What each bad silo does, and what it must be told. */
const CASES: readonly (readonly [string, RefusalCode, Behaviour])[] = [
  [
    'T19: other tensors than the model has',
    'WRONG_SHAPES',
    (open, silo) => silo.submit(open, encodeWeights({ specs: SPECS, values: new Float32Array(9) })),
  ],
  ['T21: NaN', 'NOT_FINITE', withValue(Number.NaN)],
  ['T21: an infinity', 'NOT_FINITE', withValue(Number.NEGATIVE_INFINITY)],
  ['T21: a huge norm', 'NORM_TOO_LARGE', withValue(1e6)],
  [
    'T19: bytes that are no weights',
    'BAD_CONTENT',
    (open, silo) => silo.submit(open, new Uint8Array(64).fill(7)),
  ],
  ['another base', 'WRONG_BASE', announcing({ base: OTHER_BLOB.cid })],
  ['T3: another round', 'WRONG_ROUND', announcing({ round: 2 })],
  [
    'T8: more bytes than the model can have',
    'TOO_LARGE',
    announcing({ update: { ...OTHER_BLOB, size: 1e9 } }),
  ],
  ['T9: a chunk with another hash', 'BAD_CONTENT', served('BLOB_BAD_CHUNK')],
  ['T9: the descriptor of another blob', 'BAD_CONTENT', served('BLOB_BAD_DESCRIPTOR')],
  ['T8: a frame longer than any answer', 'BAD_CONTENT', served('BAD_FRAME')],
  ['T8: an id that is no blob id', 'BAD_CONTENT', served('BLOB_BAD_REFERENCE')],
  ['a connection that breaks', 'UNAVAILABLE', served('BROKEN')],
  ['a blob that it does not have', 'UNAVAILABLE', announcing({ update: OTHER_BLOB })],
]

async function play(bad: Behaviour): Promise<World> {
  world = await createWorld({
    silos: { alpha: undefined, beta: undefined, mallory: bad },
    rounds: { count: 1, deadlineSeconds: 1 },
  })
  await (await world.startCoordinator()).coordinator.done
  return world
}

function expectRoundWithout(played: World, silo: string): void {
  const [record] = played.readJournal((journal) => journal.records())
  expect(record?.state).toBe('final')
  expect(record?.updates.map((update) => update.silo)).toEqual(
    ['alpha', 'beta', 'mallory'].filter((name) => name !== silo),
  )
}

describe('an update is refused with its code, and the round goes on without it', () => {
  for (const [what, code, behave] of CASES) {
    it(`${what}: ${code}`, async () => {
      const played = await play(behave)
      expectRoundWithout(played, 'mallory')
      const { peerId } = keyOf('mallory')
      const told = played.silos.get('mallory')?.receipts.map((receipt) => receipt.code)
      expect(told).toContain(code)
      const [record] = played.readJournal((journal) => journal.records())
      expect(record?.refusals).toEqual([{ peer: peerId, code }])
      expect(played.network.penalties).toEqual(isPeerFault(code) ? [{ peer: peerId, code }] : [])
      expect(played.events).toContainEqual({ type: 'refused', round: 1, silo: 'mallory', code })
    })
  }

  it('a second, different update: DUPLICATE, and the first one counts', async () => {
    const answered = Promise.withResolvers<void>()
    let first: BlobRef | undefined
    world = await createWorld({
      silos: {
        alpha: undefined,
        // Keeps the round open until the second update was answered.
        beta: (open, silo) => answered.promise.then(() => honest(open, silo)),
        mallory: async (open, silo) => {
          const weights = await steppedFrom(open, silo)
          const bytes = encodeWeights(weights)
          first = await silo.blobs.put(bytes)
          await silo.submit(open, bytes)
          weights.values[0] = 0.25
          await silo.submit(open, encodeWeights(weights))
          answered.resolve()
        },
      },
      rounds: { count: 1 },
    })
    await (await world.startCoordinator()).coordinator.done
    const [record] = world.readJournal((journal) => journal.records())
    expect(record?.updates.find(({ silo }) => silo === 'mallory')?.update).toEqual(first)
    expect(record?.refusals).toEqual([{ peer: keyOf('mallory').peerId, code: 'DUPLICATE' }])
    const receipts = world.silos.get('mallory')?.receipts.filter(({ code }) => code !== undefined)
    expect(new Set(receipts?.map(({ code }) => code))).toEqual(new Set(['DUPLICATE']))
    expect(world.network.penalties).toEqual([{ peer: keyOf('mallory').peerId, code: 'DUPLICATE' }])
  })
})

describe('T32: bytes that the aggregator holds already are nobody’s work of this round: KNOWN_UPDATE', () => {
  const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

  it('another silo’s update of this round', async () => {
    const played = await play(async (open, silo) => {
      await after(200)
      const copied = await steppedFrom(open, { ...silo, name: 'alpha' as UpdateReady['silo'] })
      await silo.submit(open, encodeWeights(copied))
    })
    expectRoundWithout(played, 'mallory')
    const [record] = played.readJournal((journal) => journal.records())
    expect(record?.refusals).toEqual([{ peer: keyOf('mallory').peerId, code: 'KNOWN_UPDATE' }])
  })

  it('its own update, or the global model, of an earlier round', async () => {
    for (const again of ['update', 'model'] as const) {
      let kept: Uint8Array = new Uint8Array()
      world = await createWorld({
        silos: {
          alpha: undefined,
          beta: undefined,
          mallory: async (open, silo) => {
            const trained = encodeWeights(await steppedFrom(open, silo))
            const base = encodeWeights(await silo.fetchModel(open))
            if (open.round === 1) kept = again === 'update' ? trained : base
            if (open.round === 1) return silo.submit(open, trained)
            const { scenario, term, round, model } = open
            await silo.publish({
              ...{ version: PROTOCOL_VERSION, chainId: CHAIN_ID, scenario, term, round },
              ...{ type: 'update-ready', sentAt: Date.now(), silo: silo.name, base: model.cid },
              ...{ samples: 100, trainMs: 1, lossMicros: 1, update: await silo.blobs.put(kept) },
            })
          },
        },
        rounds: { count: 2, deadlineSeconds: 1 },
      })
      await (await world.startCoordinator()).coordinator.done
      const [first, second] = world.readJournal((journal) => journal.records())
      expect(first?.updates).toHaveLength(3)
      expect(second?.updates.map(({ silo }) => silo)).toEqual(['alpha', 'beta'])
      expect(second?.refusals.map(({ code }) => code)).toEqual(['KNOWN_UPDATE'])
      await world.close()
      world = undefined
    }
  })

  it('but not the base: whoever sends it back did nothing, and is found', async () => {
    const played = await play(async (open, silo) => {
      await silo.submit(open, encodeWeights(await silo.fetchModel(open)))
    })
    const [record] = played.readJournal((journal) => journal.records())
    expect(record?.updates).toHaveLength(3)
    expect(record?.findings).toEqual([{ code: 'NO_OP', silo: 'mallory', measurePico: 0 }])
  })
})

describe('a silo that is refused again and again', () => {
  it('T6: is journaled and answered a bounded number of times', async () => {
    const done = Promise.withResolvers<void>()
    world = await createWorld({
      silos: {
        alpha: undefined,
        beta: (open, silo) => done.promise.then(() => honest(open, silo)),
        mallory: async (open, silo) => {
          const { scenario, term, round, model } = open
          for (let i = 0; i < 60; i++) {
            await silo.publish({
              ...{ version: PROTOCOL_VERSION, chainId: CHAIN_ID, scenario, term, round: round + 1 },
              ...{ type: 'update-ready', sentAt: Date.now(), silo: silo.name, base: model.cid },
              ...{ samples: 1, trainMs: 1, lossMicros: 1 },
              update: { cid: cidOfBlob(Uint8Array.of(i)), size: 1 },
            })
          }
          setTimeout(done.resolve, 50)
        },
      },
      rounds: { count: 1, deadlineSeconds: 1 },
    })
    await (await world.startCoordinator()).coordinator.done
    const [record] = world.readJournal((journal) => journal.records())
    expect(record?.refusals).toHaveLength(16)
    expect(world.silos.get('mallory')?.receipts).toHaveLength(16)
  })
})

describe('a message that is not taken at all', () => {
  it('T2: an announcement in the name of another silo', async () => {
    const played = await play(async (open, silo) => {
      void silo.submit(open, encodeWeights(await steppedFrom(open, silo)), {
        silo: 'alpha' as UpdateReady['silo'],
      })
    })
    expectRoundWithout(played, 'mallory')
    expect(played.silos.get('mallory')?.receipts).toEqual([])
  })

  it('T3: an announcement of another Scenario or chain', async () => {
    for (const changes of [{ chainId: 1 }, { scenario: `0x${'00'.repeat(20)}` as const }]) {
      const played = await play(announcing(changes))
      expectRoundWithout(played, 'mallory')
      await played.close()
      world = undefined
    }
  })

  it('T2: a round that a silo opens itself', async () => {
    const played = await play(async (open, silo) => {
      await silo.publish({
        ...open,
        version: PROTOCOL_VERSION,
        chainId: CHAIN_ID,
        scenario: SCENARIO,
      })
      await honest(open, silo)
    })
    expectRoundWithout(played, '')
  })
})
