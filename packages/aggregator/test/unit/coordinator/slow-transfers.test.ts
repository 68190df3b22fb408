import { afterEach, expect, it } from 'vitest'
import { createWorld, type World } from '../../support/coordination.ts'
import { type Behaviour, honest } from '../../support/scripted-silo.ts'

let world: World | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

it('T7: updates of quick silos are taken while those of slow ones are on their way', async () => {
  const released = Promise.withResolvers<void>()
  const allStuck = Promise.withResolvers<void>()
  let stuck = 0
  const slow: Behaviour = (open, silo) => {
    const { get } = silo.blobs
    Object.assign(silo.blobs, {
      async get(cid: typeof open.model.cid) {
        if (cid === open.model.cid) return get(cid)
        stuck++
        if (stuck === 5) allStuck.resolve()
        await released.promise
        return get(cid)
      },
    })
    return honest(open, silo)
  }
  const quick: Behaviour = async (open, silo) => {
    await allStuck.promise
    await honest(open, silo)
  }
  const slowOnes = { s1: slow, s2: slow, s3: slow, s4: slow, s5: slow }
  world = await createWorld({
    silos: { alpha: quick, beta: quick, ...slowOnes },
    rounds: { count: 1, minSilos: 2, maxSilos: 7, deadlineSeconds: 600 },
  })
  const taken = (): readonly string[] =>
    world?.events.flatMap((event) => (event.type === 'update' ? [event.silo] : [])).toSorted() ?? []
  const { coordinator } = await world.startCoordinator()
  await expect.poll(taken, { timeout: 10_000 }).toEqual(['alpha', 'beta'])
  released.resolve()
  await coordinator.done
  expect(taken()).toHaveLength(7)
})
