import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printable } from '../../src/printable.ts'

describe('printable text', () => {
  it.each([
    ['colours', '\u001b[31mred\u001b[0m', 'red'],
    ['cursor movement', 'a\u001b[2J\u001b[1;1Hb', 'ab'],
    ['a window title', '\u001b]0;owned\u0007x', 'x'],
    ['a hyperlink', '\u001b]8;;http://x\u001b\\click\u001b]8;;\u001b\\', 'click'],
    ['an 8-bit sequence', '\u009b31mred', 'red'],
    ['an unfinished sequence', 'a\u001b[', 'a['],
    ['bidi override', 'user\u202egpj.exe', 'usergpj.exe'],
    ['bidi isolates', '\u2066a\u2069\u200f\u061c', 'a'],
    ['zero width', 'a\u200bb\u2060c\ufeff', 'abc'],
    ['newlines', 'one\ntwo\r\nthree\u2028four', 'one two three four'],
    ['carriage return over', 'safe\rfake', 'safe fake'],
    ['backspaces and NUL', 'a\b\b\u0000b', 'ab'],
    ['lone surrogates', 'a\ud800b', 'ab'],
    ['tag characters', 'a\u{e0041}b', 'ab'],
    ['letters of any language', 'Grüße 東京 é 👍', 'Grüße 東京 é 👍'],
  ])('T23 keeps only what shows: %s', (_, text, expected) => {
    expect(printable(text)).toBe(expected)
  })

  it('T23 leaves no control, format or separator character in anything', () => {
    // Any code point, lone surrogates too. fc.string({ unit: 'binary' }) is the same, after 4 s of building its table.
    const text = fc
      .array(fc.integer({ min: 0, max: 0x10ffff }))
      .map((points) => String.fromCodePoint(...points))
    fc.assert(
      fc.property(text, (text) => {
        const clean = printable(text)
        expect(clean).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
        expect(printable(clean)).toBe(clean)
      }),
    )
  })

  it('bounds the length', () => {
    expect(printable('x'.repeat(100), 10)).toBe(`${'x'.repeat(9)}…`)
    expect(printable('x'.repeat(10), 10)).toBe('x'.repeat(10))
    expect(printable(`${' '.repeat(1_000_000)}x`, 10)).toBe('…')
  })

  it('T27 is linear on hostile input', () => {
    for (const piece of ['\u001b[', '\u001b[1', '\u001b]', ' ', '\u009b;']) {
      expect(printable(piece.repeat(500_000), 1_000_000).length).toBeLessThanOrEqual(1_000_000)
    }
  })
})
