import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import {
  cidOfObject,
  createPeerKey,
  encodeManifest,
  type MemberManifest,
  type PeerKey,
} from '@fednode/protocol'
import { describe, expect, test } from 'vitest'
import { keepMemberPlan, readKeptMemberPlan } from '../../../src/members/kept-member-plan.ts'
import { createMemberRegistry } from '../../../src/members/member-registry.ts'
import { memberScope } from '../../../src/members/member-scope.ts'
import { memberSigners } from '../../../src/members/member-signers.ts'
import { readMemberPlan } from '../../../src/members/read-member-plan.ts'
import { manifest as chainManifest } from '../silo/harness.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const keyOf = (byte: number): PeerKey => createPeerKey(new Uint8Array(32).fill(byte))
const [aggregator, north, south, stranger] = [keyOf(1), keyOf(2), keyOf(3), keyOf(4)]

const { reward, market, registration, dispute, guardian, ...core } = chainManifest
const MANIFEST: MemberManifest = {
  ...core,
  rounds: { ...core.rounds, minSilos: 2, maxSilos: 2 },
  chain: 'none',
  members: {
    aggregator: aggregator.peerId,
    silos: [
      { name: 'south', peerId: south.peerId },
      { name: 'north', peerId: north.peerId },
    ],
  },
}

describe('the registry of a federation without a chain', () => {
  const registry = createMemberRegistry(MANIFEST)

  test('T1 knows the listed peers and nobody else', async () => {
    expect(await registry.isMember(aggregator.peerId)).toBe(true)
    expect(await registry.isMember(north.peerId)).toBe(true)
    expect(await registry.isMember(stranger.peerId)).toBe(false)
    expect(registry.memberOf(stranger.peerId)).toBeUndefined()
    expect(registry.memberOf(aggregator.peerId)).toBeUndefined()
  })

  test('gives members their places in the list', () => {
    expect(registry.federatorPeerId).toBe(aggregator.peerId)
    expect(registry.clientCount).toBe(2)
    expect(registry.members().map(({ index, name }) => [index, name])).toEqual([
      [0, 'south'],
      [1, 'north'],
    ])
  })

  test('T2 is what evidence is held to', () => {
    const signers = memberSigners(MANIFEST)
    expect(signers.federator).toBe(aggregator.peerId)
    const [silo] = MANIFEST.members.silos
    const member = registry.members().find(({ name }) => name === silo?.name)
    expect(member && signers.memberOf(member.name)).toMatchObject({
      index: 0,
      peerId: south.peerId,
    })
  })
})

test('T3: two manifests never share a scope, and no chain has it', () => {
  const other = { ...MANIFEST, seed: 2 }
  const [one, two] = [MANIFEST, other].map((manifest) => memberScope(encodeManifest(manifest).cid))
  expect(one?.chainId).toBe(0)
  expect(one?.scenario).toMatch(/^0x[0-9a-f]{40}$/)
  expect(one?.scenario).not.toBe(two?.scenario)
})

describe('the manifest that a directory keeps', () => {
  test('comes back where it is that of the directory', () => {
    const { bytes, cid } = encodeManifest(MANIFEST)
    const directory = path.join(temporaryDirectory(), memberScope(cid).scenario)
    mkdirSync(directory)
    expect(readKeptMemberPlan(directory)).toBeUndefined()
    keepMemberPlan(directory, { bytes })
    // T44: whole, and nothing half written beside it.
    expect(readdirSync(directory)).toEqual(['manifest.dag-cbor'])
    expect(readKeptMemberPlan(directory)).toMatchObject({ manifest: MANIFEST, cid })
  })

  test('is not believed where it belongs to another federation', () => {
    const { bytes } = encodeManifest(MANIFEST)
    const other = cidOfObject(encodeManifest({ ...MANIFEST, seed: 3 }).bytes)
    const directory = path.join(temporaryDirectory(), memberScope(other).scenario)
    mkdirSync(directory)
    keepMemberPlan(directory, { bytes })
    expect(readKeptMemberPlan(directory)).toBeUndefined()
  })
})

test('a manifest for a chain is refused where one without is asked for', async () => {
  const file = path.join(temporaryDirectory(), 'federation.yaml')
  writeFileSync(file, JSON.stringify(chainManifest))
  await expect(readMemberPlan(file)).rejects.toMatchObject({ code: 'HAS_CHAIN' })
})
