import {
  cidOfBytes,
  PROTOCOL_VERSION,
  type SignedMessage,
  type SiloName,
  signMessage,
  type UpdateReady,
} from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { createArrivalWatch } from '../../../src/coordinator/arrival-watch.ts'
import { CHAIN_ID, keyOf, SCENARIO } from '../../support/tiny-federation.ts'

const BASE = cidOfBytes(new Uint8Array([1]))

function announced(name: string, changes: Partial<UpdateReady> = {}): SignedMessage<UpdateReady> {
  const message: UpdateReady = {
    type: 'update-ready',
    ...{ version: PROTOCOL_VERSION, chainId: CHAIN_ID, scenario: SCENARIO, sentAt: 0, term: 1 },
    ...{ round: 2, silo: name as SiloName, base: BASE, update: { cid: BASE, size: 1 } },
    ...{ samples: 1, trainMs: 1, lossMicros: 1, ...changes },
  }
  return signMessage(message, keyOf(name))
}

/** Watches a round of these silos, of whom some are there when it opens. */
function watchWith(names: readonly string[], there: Set<string>) {
  const saved: { readonly silo: SiloName; readonly ms: number }[] = []
  const members = new Map(names.map((name) => [name as SiloName, keyOf(name).peerId]))
  const isConnected = (peer: string): boolean =>
    [...there].some((name) => keyOf(name).peerId === peer)
  let ms = 0
  const note = createArrivalWatch(
    { round: 2, term: 1, base: BASE, members },
    {
      journal: { saveArrival: ({ silo, ms: at }) => void saved.push({ silo, ms: at }) },
      clock: { now: () => ms, sinceOpened: () => ms },
      host: { isConnected },
    },
  )
  return {
    saved,
    at(time: number, signed: SignedMessage<UpdateReady>) {
      ms = time
      note(signed)
    },
  }
}

describe('arrivals of a round', () => {
  it('count from its opening, the first word of each silo', () => {
    const watch = watchWith(['alpha', 'beta'], new Set(['alpha', 'beta']))
    watch.at(100, announced('alpha'))
    watch.at(200, announced('alpha'))
    watch.at(300, announced('beta'))
    expect(watch.saved).toEqual([
      { silo: 'alpha', ms: 100 },
      { silo: 'beta', ms: 300 },
    ])
  })

  it('leave out a silo that came in the middle: when it came is not how long updates take', () => {
    const there = new Set(['alpha'])
    const watch = watchWith(['alpha', 'beta'], there)
    there.add('beta')
    watch.at(100, announced('alpha'))
    watch.at(9_000, announced('beta'))
    expect(watch.saved).toEqual([{ silo: 'alpha', ms: 100 }])
  })

  it('leave out words of another round, term, model or sender', () => {
    const watch = watchWith(['alpha', 'beta'], new Set(['alpha', 'beta']))
    watch.at(1, announced('alpha', { round: 1 }))
    watch.at(1, announced('alpha', { term: 2 }))
    watch.at(1, announced('alpha', { base: cidOfBytes(new Uint8Array([2])) }))
    watch.at(1, announced('alpha', { silo: 'beta' as SiloName }))
    expect(watch.saved).toEqual([])
  })
})
