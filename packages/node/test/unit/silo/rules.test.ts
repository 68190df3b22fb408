import { type Cid, cidOfBytes, createPeerKey, type Message, signMessage } from '@fednode/protocol'
import { expect, test } from 'vitest'
import { checkSiloMessage } from '../../../src/silo/check-silo-message.ts'
import { createSignalled } from '../../../src/silo/signalled.ts'
import { siloRules } from '../../../src/silo/silo-rules.ts'
import type { SiloState } from '../../../src/silo/silo-state.ts'
import {
  aggregatorKey,
  CHAIN_ID,
  MANIFEST_CID,
  manifest,
  NAME,
  opening,
  registry,
  SCENARIO,
  scopeOf,
  siloKey,
} from './harness.ts'

const stranger = createPeerKey(new Uint8Array(32).fill(9))
const blob = { cid: cidOfBytes(Uint8Array.of(7)), size: 10 }
const expected = {
  chainId: CHAIN_ID,
  scenario: SCENARIO,
  now: Date.now(),
  term: 1,
  federator: aggregatorKey.peerId,
  nameOf: (peer: string) => (peer === siloKey.peerId ? NAME : undefined),
}

const open: Message = {
  type: 'round-open',
  ...scopeOf(1),
  manifest: MANIFEST_CID,
  model: blob,
  ...opening,
  deadline: Date.now() + 1_000,
}
const ready: Message = {
  type: 'update-ready',
  ...scopeOf(1),
  silo: NAME,
  base: blob.cid,
  update: blob,
  samples: 1,
  trainMs: 1,
  lossMicros: 1,
}

test('the aggregator opens rounds and a silo announces its own update', () => {
  expect(checkSiloMessage(signMessage(open, aggregatorKey), expected).action).toBe('accept')
  expect(checkSiloMessage(signMessage(ready, siloKey), expected).action).toBe('accept')
})

test('T2: a round opened by anybody but the aggregator is the fault of whoever signed it', () => {
  expect(checkSiloMessage(signMessage(open, siloKey), expected)).toEqual({
    action: 'reject',
    code: 'NOT_THE_FEDERATOR',
  })
})

test('T2: an update announced in the name of another silo is refused; a stranger is only ignored', () => {
  const other = { ...expected, nameOf: () => 'b' as typeof NAME }
  expect(checkSiloMessage(signMessage(ready, siloKey), other)).toEqual({
    action: 'reject',
    code: 'NOT_THE_SENDER',
  })
  expect(checkSiloMessage(signMessage(ready, stranger), expected).action).toBe('ignore')
})

test.each([
  ['another Scenario', { scenario: `0x${'0'.repeat(38)}bb` as const }, 'reject'],
  ['another chain', { chainId: 1 }, 'reject'],
  ['an old term', { term: 2 }, 'ignore'],
  ['hours later', { now: Date.now() + 36_000_000 }, 'ignore'],
  ['hours early', { now: Date.now() - 36_000_000 }, 'ignore'],
])('T3: an announcement replayed in %s is not taken', (_, change, action) => {
  const verdict = checkSiloMessage(signMessage(open, aggregatorKey), { ...expected, ...change })
  expect(verdict.action).toBe(action)
})

function rulesServing(served: { models: readonly Cid[]; updates: readonly Cid[] }) {
  const state = createSignalled<SiloState>({
    rounds: {
      aggregator: aggregatorKey.peerId,
      manifest: MANIFEST_CID,
      term: 0,
      opened: 0,
      finished: 0,
      ledger: new Map(),
      isStopped: false,
    },
  })
  const options = {
    ...{ chainId: CHAIN_ID, scenario: SCENARIO, name: NAME, registering: false },
    ...{ manifest, manifestCid: MANIFEST_CID },
  }
  return siloRules(
    options,
    { registry: registry(), now: Date.now },
    {
      state,
      served: { models: new Set(served.models), updates: new Set(served.updates) },
      onMessage: () => {},
      latestMessages: () => [],
    },
  )
}

test('T1: the registry alone decides who may connect to a silo', async () => {
  const { isMember } = rulesServing({ models: [], updates: [] })
  const asks = [aggregatorKey, siloKey, stranger].map(({ peerId }) => isMember(peerId))
  expect(await Promise.all(asks)).toEqual([true, true, false])
})

test('T10: an update is served to the aggregator alone, a global model to members', () => {
  const update = cidOfBytes(Uint8Array.of(1))
  const model = cidOfBytes(Uint8Array.of(2))
  const { mayServe } = rulesServing({ models: [model], updates: [update] })
  const asks = [aggregatorKey, siloKey, stranger].map(({ peerId }) => ({
    update: mayServe(peerId, update),
    model: mayServe(peerId, model),
    other: mayServe(peerId, blob.cid),
  }))
  expect(asks).toEqual([
    { update: true, model: true, other: false },
    { update: false, model: true, other: false },
    { update: false, model: false, other: false },
  ])
})
