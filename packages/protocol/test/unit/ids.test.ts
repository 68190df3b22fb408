import fc from 'fast-check'
import { CID } from 'multiformats/cid'
import { describe, expect, it } from 'vitest'
import {
  cidFromDigest,
  cidOfBytes,
  cidOfObject,
  codecOfCid,
  digestOfCid,
  isCid,
  isSiloName,
  parseCid,
} from '../../src/ids.ts'
import { IdError } from '../../src/ids-error.ts'
import { fromHex, readVectors } from './read-vectors.ts'

type Vectors = {
  readonly bytes: readonly { hex: string; cid: string; digest: string }[]
  readonly objects: readonly { hex: string; cid: string }[]
}

const vectors = readVectors<Vectors>('ids')
const cid = cidOfBytes(Uint8Array.of(1))

describe('content ids', () => {
  it('are those of the vectors', () => {
    for (const { hex, cid, digest } of vectors.bytes) {
      expect(cidOfBytes(fromHex(hex))).toBe(cid)
      expect(digestOfCid(parseCid(cid))).toBe(digest)
    }
    for (const { hex, cid } of vectors.objects) expect(cidOfObject(fromHex(hex))).toBe(cid)
  })

  it('come back from their digests', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.constantFrom('raw', 'dag-cbor'), (bytes, codec) => {
        const id = codec === 'raw' ? cidOfBytes(bytes) : cidOfObject(bytes)
        expect(cidFromDigest(digestOfCid(id), codec)).toBe(id)
        expect(codecOfCid(id)).toBe(codec)
        expect(parseCid(id)).toBe(id)
      }),
    )
  })

  const { multihash } = CID.parse(cid)
  it.each([
    ['nothing', ''],
    ['version 0', 'QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N'],
    ['another codec', CID.createV1(0x70, multihash).toString()],
    ['upper case', cid.toUpperCase()],
    ['a space', ` ${cid}`],
    ['a path', `${cid.slice(0, 50)}/../../x`],
    ['a character that base32 does not have', `${cid.slice(0, -1)}1`],
    ['unused bits set', `${cid.slice(0, -1)}b`],
    ['a megabyte', 'b'.repeat(1 << 20)],
  ])('T22 refuses %s', (_, text) => {
    expect(isCid(text)).toBe(false)
    expect(() => parseCid(text)).toThrow(IdError)
  })

  it('refuses digests of another form', () => {
    for (const digest of ['0x', '0x00', `0x${'G'.repeat(64)}`, `0x${'A'.repeat(64)}`] as const) {
      expect(() => cidFromDigest(digest, 'raw')).toThrow(IdError)
    }
  })

  it('takes one spelling per id, whatever is thrown at it', () => {
    fc.assert(
      fc.property(fc.nat(58), fc.constantFrom(...'abcxyz234567018=.ü'), (at, char) => {
        const text = cid.slice(0, at) + char + cid.slice(at + 1)
        if (isCid(text)) expect(cidFromDigest(digestOfCid(text), codecOfCid(text))).toBe(text)
      }),
      { numRuns: 500 },
    )
  })
})

describe('silo names', () => {
  it('T22 are a-z 0-9 - only, never a path', () => {
    expect(['silo-a', '0', 'a'.repeat(40)].every(isSiloName)).toBe(true)
    const bad = [
      '',
      'a'.repeat(41),
      '../x',
      'a/b',
      'a\u0000',
      'Silo',
      'sil\u043e',
      'a b',
      'a\n',
      '<img onerror>',
      1,
      null,
    ]
    expect(bad.filter(isSiloName)).toEqual([])
  })
})
