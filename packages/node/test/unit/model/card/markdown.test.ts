import { describe, expect, it } from 'vitest'
import { markdownTable, markdownText } from '../../../../src/model/card/markdown.ts'

describe('markdownText', () => {
  it('T24: lets no text of others become a link, an element, a heading or a cell', () => {
    expect(markdownText('[x](javascript:alert(1)) <img src=x> | # *b* `c`')).toBe(
      '\\[x\\](javascript:alert(1)) \\<img src=x\\> \\| \\# \\*b\\* \\`c\\`',
    )
    expect(markdownText('- a\n# b')).toBe('\\- a \\# b')
  })
})

describe('markdownTable', () => {
  it('has a heading, a rule and a line a row', () => {
    expect(markdownTable(['a', 'b'], [['1', 'x|y']])).toBe(
      '| a | b |\n| --- | --- |\n| 1 | x\\|y |',
    )
  })
})
