import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CodecError } from '../../../src/codec/errors.ts'
import { parseStrictJson } from '../../../src/codec/strict-json.ts'

describe('strict JSON', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        if (/__proto__|constructor|prototype/.test(text)) return
        expect(parseStrictJson(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  it.each([
    ['plain', '{"a":1,"a":2}'],
    ['nested', '{"x":[{"a":1,"b":{},"a":2}]}'],
    ['escaped', '{"a":1,"\\u0061":2}'],
    ['spaced', '{"a" :1,\n"a"\t:2}'],
  ])('T19 refuses a duplicate key (%s)', (_, text) => {
    expect(() => parseStrictJson(text)).toThrow(/duplicate key/)
  })

  it('takes equal keys of different objects and equal texts that are no keys', () => {
    expect(parseStrictJson('[{"a":"a"},{"a":["a","a"]}]')).toEqual([{ a: 'a' }, { a: ['a', 'a'] }])
  })

  it.each(['{"__proto__":{}}', '{"a":{"constructor":1}}', '{"\\u005f_proto__":1}'])(
    'T17 refuses the prototype key in %s',
    (text) => {
      expect(() => parseStrictJson(text)).toThrow(/is not allowed/)
    },
  )

  it('refuses deep nesting and broken text with its own error', () => {
    expect(() => parseStrictJson('['.repeat(100) + ']'.repeat(100))).toThrow(CodecError)
    expect(() => parseStrictJson('{"a":')).toThrow(CodecError)
    expect(() => parseStrictJson('"\\')).toThrow(CodecError)
  })
})
