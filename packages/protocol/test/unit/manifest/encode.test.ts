import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCanonical } from '../../../src/codec/canonical.ts'
import { MAX_MANIFEST_BYTES } from '../../../src/limits.ts'
import { decodeManifest, encodeManifest } from '../../../src/manifest/encode.ts'
import { ManifestError } from '../../../src/manifest/errors.ts'
import { parseManifestYaml } from '../../../src/manifest/parse-yaml.ts'
import type { Manifest } from '../../../src/manifest/types.ts'
import { fromHex, readVectors, toHex } from '../read-vectors.ts'
import { MANIFEST, TABLE, TABLE_MANIFEST } from '../sample-manifest.ts'

type ManifestVector = {
  readonly yaml: string
  readonly manifest: Manifest
  readonly hex: string
  readonly cid: string
}

function codeOf(bytes: Uint8Array): string {
  try {
    decodeManifest(bytes)
  } catch (error) {
    if (error instanceof ManifestError) return error.code
    throw error
  }
  return 'nothing thrown'
}

/** The wire form of MANIFEST with some keys replaced. */
function wire(changes: Record<string, unknown>): Uint8Array {
  const { training, limits, market } = MANIFEST
  return encodeCanonical({
    ...MANIFEST,
    training: { ...training, learningRate: '0.1' },
    limits: { updateNorm: String(limits.updateNorm) },
    market: { ...market, currencyWeight: '0.5', swapFee: '0.003' },
    ...changes,
  })
}

describe('the canonical manifest', () => {
  it('is that of the vectors: from YAML to bytes to CID and back', () => {
    const { yaml, manifest, hex, cid } = readVectors<ManifestVector>('manifest')
    expect(parseManifestYaml(yaml, 'federation.yaml')).toEqual(manifest)
    const encoded = encodeManifest(manifest)
    expect(toHex(encoded.bytes)).toBe(hex)
    expect(encoded.cid).toBe(cid)
    expect(decodeManifest(fromHex(hex))).toEqual(manifest)
  })

  it('comes back with any real numbers in it', () => {
    const real = fc.double({ noNaN: true, noDefaultInfinity: true })
    const positive = fc.double({ min: Number.MIN_VALUE, max: 10, noNaN: true })
    fc.assert(
      fc.property(real, positive, positive, (mean, deviation, learningRate) => {
        const [age, ...rest] = TABLE.columns
        const column = { ...age, name: 'age', type: 'number', scale: { mean, deviation } } as const
        const manifest: Manifest = {
          ...TABLE_MANIFEST,
          data: { ...TABLE, columns: [column, ...rest] },
          training: { ...MANIFEST.training, learningRate, clipNorm: deviation },
        }
        const { bytes } = encodeManifest(manifest)
        // -0 has no encoding of its own.
        const expected = JSON.parse(JSON.stringify(manifest))
        expect(decodeManifest(bytes)).toEqual(expected)
        expect(toHex(encodeManifest(decodeManifest(bytes)).bytes)).toBe(toHex(bytes))
      }),
    )
  })

  it('does not depend on the order of the keys', () => {
    const { version, name, ...rest } = MANIFEST
    const { cid } = encodeManifest({ ...rest, name, version })
    expect(cid).toBe(encodeManifest(MANIFEST).cid)
  })

  it('changes its CID with any value', () => {
    const { cid } = encodeManifest(MANIFEST)
    expect(encodeManifest({ ...MANIFEST, seed: 2 }).cid).not.toBe(cid)
    expect(encodeManifest({ ...MANIFEST, limits: { updateNorm: 50.5 } }).cid).not.toBe(cid)
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['a real number as an integer', { limits: { updateNorm: 50 } }, 'MANIFEST_NOT_CANONICAL'],
    [
      'a real number that is not the shortest',
      { limits: { updateNorm: '50.0' } },
      'MANIFEST_INVALID',
    ],
    ['a real number with an exponent', { limits: { updateNorm: '5e1' } }, 'MANIFEST_INVALID'],
    ['NaN', { limits: { updateNorm: 'NaN' } }, 'MANIFEST_INVALID'],
    ['an infinity', { limits: { updateNorm: 'Infinity' } }, 'MANIFEST_INVALID'],
    ['a hexadecimal number', { limits: { updateNorm: '0x32' } }, 'MANIFEST_INVALID'],
    ['an unknown key', { more: 1 }, 'MANIFEST_INVALID'],
    ['SQL', { data: { ...MANIFEST.data, sql: 'select 1' } }, 'MANIFEST_INVALID'],
    ['a missing section', { reward: null }, 'MANIFEST_INVALID'],
  ])('T17 T18 T26 is refused with %s', (_, changes, code) => {
    expect(codeOf(wire({}))).toBe('nothing thrown')
    expect(codeOf(wire(changes))).toBe(code)
  })

  it('is refused when it is not canonical, or too large for the contract', () => {
    expect(codeOf(Uint8Array.of(...wire({}), 0))).toBe('MANIFEST_NOT_CANONICAL')
    expect(codeOf(Uint8Array.of(0xff))).toBe('MANIFEST_NOT_CANONICAL')
    expect(codeOf(new Uint8Array(MAX_MANIFEST_BYTES + 1))).toBe('MANIFEST_TOO_LARGE')
    const columns = Array.from({ length: 1_000 }, (_, i) => ({
      name: `column ${i}`.padEnd(40, 'x'),
      type: 'number' as const,
    }))
    const large = { ...TABLE_MANIFEST, data: { ...TABLE, columns } }
    expect(() => encodeManifest(large)).toThrow(/at most 24576/)
  })

  it('throws nothing but its own error on damaged bytes', () => {
    const { bytes } = encodeManifest(TABLE_MANIFEST)
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const damaged = Uint8Array.from(bytes)
        damaged[at] = value
        try {
          expect(toHex(encodeManifest(decodeManifest(damaged)).bytes)).toBe(toHex(damaged))
        } catch (error) {
          expect(error).toBeInstanceOf(ManifestError)
        }
      }),
      { numRuns: 1_000 },
    )
  })
})
