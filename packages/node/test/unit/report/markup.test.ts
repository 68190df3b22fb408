import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeText, html } from '../../../src/report/markup.ts'

describe('html', () => {
  it('escapes every value that is not markup (T24)', () => {
    const name = `<img src=x onerror="alert('1')">&`
    expect(html`<td title="${name}">${name}</td>`.markup).toBe(
      '<td title="&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;">' +
        '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;</td>',
    )
  })

  it('keeps markup, joins lists and drops undefined', () => {
    const cells = [1, 2n, undefined].map((value) => html`<td>${value}</td>`)
    expect(html`<tr>${cells}</tr>`.markup).toBe('<tr><td>1</td><td>2</td><td></td></tr>')
  })

  it('lets no text open or close a tag or an attribute (T24)', () => {
    // Markup among any code points; fc.string({ unit: 'binary' }) takes 4 s to build its table.
    const point = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code))
    const text = fc
      .array(fc.oneof(point, fc.constantFrom('<', '>', '"', "'", '&')))
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, (text) => {
        expect(escapeText(text)).not.toMatch(/[<>"']/)
      }),
    )
  })
})
