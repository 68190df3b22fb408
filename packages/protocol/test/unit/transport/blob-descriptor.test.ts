import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCanonical } from '../../../src/codec/canonical.ts'
import { BLOB_CHUNK_BYTES, MAX_BLOB_BYTES } from '../../../src/limits.ts'
import {
  chunkRange,
  cidOfBlob,
  cidOfDescriptor,
  countChunks,
  decodeDescriptor,
  describeBlob,
  encodeDescriptor,
  isChunk,
  maxDescriptorBytes,
} from '../../../src/transport/blob-descriptor.ts'
import { BlobError } from '../../../src/transport/blob-error.ts'
import { parseBlobAnswer, parseBlobRequest } from '../../../src/transport/blob-wire.ts'
import { seededBytes } from './seeded-bytes.ts'

describe('blob descriptor', () => {
  it.each([
    [0, 'bafyreigaa3oao3mrwkzmui2q4ht567dlwaslkcdnhsgsq2b46upbancp2m'],
    [1, 'bafyreiblrgrv7vwiw5w2get2dtzz5vqgaftw6kw7z4mrgu2ygm7bwacgzq'],
    [BLOB_CHUNK_BYTES, 'bafyreig6h7lbjmoew6sicusxzndirrzwisbf33pxr3eoapxvk2i5x2hhui'],
    [BLOB_CHUNK_BYTES + 1, 'bafyreihsypzrlt6gvixn2wseqpneyqr2dzgtf32u2ke5qxnqngk2mzq55m'],
  ])('keeps the id of %i bytes', (size, expected) => {
    const cid = cidOfBlob(seededBytes(size, 1))
    expect(cid).toBe(expected)
  })

  it.each([0, 1, BLOB_CHUNK_BYTES, 3 * BLOB_CHUNK_BYTES + 7])(
    'survives the wire at %i bytes',
    (size) => {
      const descriptor = describeBlob(seededBytes(size, 2))
      const bytes = encodeDescriptor(descriptor)
      expect(bytes.length).toBeLessThanOrEqual(maxDescriptorBytes(size))
      expect(decodeDescriptor(bytes)).toEqual(descriptor)
      expect(cidOfDescriptor(decodeDescriptor(bytes))).toBe(cidOfBlob(seededBytes(size, 2)))
    },
  )

  it('leaves room for the descriptor of the largest blob', () => {
    const size = MAX_BLOB_BYTES
    const hashes = new Uint8Array(32 * countChunks(size))
    expect(encodeDescriptor({ size, hashes }).length).toBeLessThanOrEqual(maxDescriptorBytes(size))
  })

  it.each([
    ['negative', -1, 0],
    ['over the largest blob', MAX_BLOB_BYTES + 1, countChunks(MAX_BLOB_BYTES + 1)],
    ['one that the hashes do not cover', BLOB_CHUNK_BYTES + 1, 1],
  ])('T8 refuses a size that is %s', (_name, size, chunks) => {
    const hashes = new Uint8Array(32 * chunks)
    const bytes = encodeCanonical({ size, chunkSize: BLOB_CHUNK_BYTES, hashes })
    expect(() => decodeDescriptor(bytes)).toThrow(/^bad blob descriptor: (size|hashes)/)
  })

  it('T9 knows every chunk in its place only', () => {
    const bytes = seededBytes(BLOB_CHUNK_BYTES * 2 + 5, 3)
    const descriptor = describeBlob(bytes)
    const chunks = [0, 1, 2].map((index) => {
      const { start, end } = chunkRange(bytes.length, index)
      return bytes.subarray(start, end)
    })
    for (const [at, chunk] of chunks.entries()) {
      expect([0, 1, 2].filter((index) => isChunk(descriptor, index, chunk))).toEqual([at])
    }
  })

  it('T8 T18 fails on other bytes with its own error only', () => {
    const good = encodeDescriptor(describeBlob(seededBytes(BLOB_CHUNK_BYTES + 1, 4)))
    const damagedGood = fc
      .tuple(fc.nat(good.length - 1), fc.nat(255))
      .map(([at, value]) => good.with(at, value))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damagedGood), (bytes) => {
        try {
          expect(encodeDescriptor(decodeDescriptor(bytes))).toEqual(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(BlobError)
        }
      }),
      { seed: 1, numRuns: 2_000 },
    )
  })

  it('T18 takes any header bytes without failing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        expect(parseBlobAnswer(bytes)).toBeUndefined()
        expect(parseBlobRequest(bytes)).toBeUndefined()
      }),
      { seed: 2, numRuns: 2_000 },
    )
  })
})
