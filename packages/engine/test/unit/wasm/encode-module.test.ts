import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defineFunction } from '../../../src/wasm/define-function.ts'
import { encodeModule } from '../../../src/wasm/encode-module.ts'
import { f64x2, i32, loadPair, repeat, v128 } from '../../../src/wasm/instructions.ts'
import { signed, unsigned } from '../../../src/wasm/leb128.ts'
import { WebAssembly } from '../../../src/wasm/web-assembly.ts'

/** Independent of the encoder: what the format's specification says of the bytes. */
function decode(bytes: readonly number[], isSigned: boolean): number {
  let value = 0n
  bytes.forEach((byte, i) => {
    value |= BigInt(byte & 0x7f) << BigInt(7 * i)
  })
  return Number(isSigned ? BigInt.asIntN(7 * bytes.length, value) : value)
}

describe('leb128', () => {
  it('keeps every number in at most five bytes, of which only the last ends it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer(), (natural, whole) => {
        for (const [bytes, value, isSigned] of [
          [unsigned(natural), natural, false],
          [signed(whole), whole, true],
        ] as const) {
          expect(decode(bytes, isSigned)).toBe(value)
          expect(bytes.length).toBeLessThanOrEqual(5)
          expect(bytes.map((byte) => byte >= 0x80)).toEqual(
            bytes.map((_, i) => i < bytes.length - 1),
          )
        }
      }),
    )
  })

  it.each([
    [0, [0]],
    [63, [63]],
    [64, [0xc0, 0]],
    [-1, [0x7f]],
    [-65, [0xbf, 0x7f]],
  ])('encodes the signed %d', (value, bytes) => {
    expect(signed(value)).toEqual(bytes)
  })
})

describe('encodeModule', () => {
  it('makes a module that runs on the memory it is given', () => {
    const double = defineFunction({
      name: 'double',
      params: { from: 'i32', end: 'i32', to: 'i32', factor: 'f64' },
      locals: { scale: 'v128' },
      body: (local) => [
        local('scale').set(f64x2.splat(local('factor').get)),
        repeat({ cursor: local('from'), end: local('end').get, step: 8 }, [
          v128.store(local('to').get, f64x2.mul(loadPair(local('from').get), local('scale').get)),
          local('to').set(i32.add(local('to').get, i32.const(16))),
        ]),
      ],
    })
    const memory = new WebAssembly.Memory({ initial: 1 })
    new Float32Array(memory.buffer).set([1, 2, 3, 4])
    const module = new WebAssembly.Module(encodeModule([double]))
    const { exports } = new WebAssembly.Instance(module, { env: { memory } })
    const run = exports.double as (...values: number[]) => void
    run(0, 16, 1_024, 2.5)
    expect([...new Float64Array(memory.buffer, 1_024, 4)]).toEqual([2.5, 5, 7.5, 10])
  })
})
