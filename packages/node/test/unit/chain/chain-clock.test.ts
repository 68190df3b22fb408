import { type ChainReader, LOCAL_CHAIN_ID } from '@fednode/contracts'
import { expect, test } from 'vitest'
import { createChainClock } from '../../../src/chain/chain-clock.ts'

const NOON = 1_700_000_000
const TEN_MINUTES = 600

/** A chain whose blocks have the time that a test says, and a machine with both of its clocks. */
function scene({ chainId = 1, ownOffset = 0 } = {}) {
  const world = { block: NOON, elapsedMs: 5_000, tags: [] as string[] }
  const warned: object[] = []
  const getBlock = async ({ blockTag }: { readonly blockTag: string }) => {
    world.tags.push(blockTag)
    return { timestamp: BigInt(world.block) }
  }
  // Nothing else of a reader is asked.
  const reader = { chainId, public: { getBlock } } as unknown as ChainReader
  const { time } = createChainClock(reader, {
    logger: { warn: (fields: object) => void warned.push(fields) },
    now: () => NOON * 1_000 + (world.elapsedMs - 5_000) + ownOffset * 1_000,
    elapsed: () => world.elapsedMs,
  })
  return { world, warned, time }
}

test.each([-TEN_MINUTES, 0, TEN_MINUTES])(
  'goes on between blocks, and by the next block, whatever this machine’s clock says (%i s ahead)',
  async (ownOffset) => {
    const { world, time } = scene({ ownOffset })
    expect(await time()).toBe(NOON)
    world.elapsedMs += 11_900
    expect(await time()).toBe(NOON + 11)
    world.block = NOON + 12
    world.elapsedMs += 300
    expect(await time()).toBe(NOON + 12)
    world.elapsedMs += 1_000
    expect(await time()).toBe(NOON + 13)
  },
)

test.each([-TEN_MINUTES, TEN_MINUTES])(
  'says once that this machine’s clock is %i s ahead',
  async (ownOffset) => {
    const { world, warned, time } = scene({ ownOffset })
    for (let slot = 0; slot < 3; slot += 1) {
      await time()
      world.block += 12
      world.elapsedMs += 12_000
    }
    expect(warned).toEqual([{ secondsAhead: ownOffset, limitSeconds: 60 }])
  },
)

test('says nothing of a clock that is right, though no block comes for minutes', async () => {
  const { world, warned, time } = scene()
  await time()
  world.elapsedMs += TEN_MINUTES * 1_000
  expect(await time()).toBe(NOON + TEN_MINUTES)
  expect(warned).toEqual([])
})

test('counts from the block that is the newest after one was taken back', async () => {
  const { world, time } = scene()
  world.block = NOON + 24
  await time()
  world.block = NOON + 12
  world.elapsedMs += 2_000
  expect(await time()).toBe(NOON + 12)
})

test('on the local chain, which mines only what is sent and whose clock is moved by hand, asks for the next block and warns of nothing', async () => {
  const { world, warned, time } = scene({ chainId: LOCAL_CHAIN_ID, ownOffset: -86_400 })
  expect(await time()).toBe(NOON)
  expect(world.tags).toEqual(['pending'])
  expect(warned).toEqual([])
})
