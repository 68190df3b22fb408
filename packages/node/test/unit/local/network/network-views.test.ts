import { describe, expect, it } from 'vitest'
import { networkDocument } from '../../../../src/local/network/network-document.ts'
import { networkText } from '../../../../src/local/network/network-text.ts'
import { html } from '../../../../src/report/markup.ts'
import { networkPage } from '../../../../src/report/network/network-page.ts'
import { networkResult } from './network-result.ts'

describe('what is shown of a local network', () => {
  it('is a text with everybody, the rounds, the vote and books to the wei', () => {
    const text = networkText(networkResult())
    const words = text.split('\n').map((line) => line.trim().split(/\s{2,}/))
    expect(words).toContainEqual(['cem !', '0', '0', '0.00', '0.00', '0.00', '-', '0/1', '0'])
    expect(text).toContain('! malicious on purpose (cem: lying-votes)')
    expect(text).toContain('Vote     arena.locked: 90.00 % -> 80.00 %, executed')
    expect(text).toContain('Pool     paid in 100 + emitted 20 = earned 90 + left 30')
  })

  it('is a page that tells the same, with text as text (T24)', () => {
    const page = networkPage(networkResult(), ({ title }) => html`<i>${title}</i>`)
    expect(page).toContain('90.00 % before, 80.00 % after')
    expect(page).toContain('cem <span class="soft">(malicious: lying-votes)</span>')
    expect(page).toContain('+ ann')
    expect(page).toContain('(− cem), (? dora)')
    expect(page).toContain('Less is locked &lt;b&gt;at once&lt;/b&gt;')
    expect(page).not.toContain('<b>')
  })

  it('is a document with null for what is not known, and every key there', () => {
    const { alliance, arena, ...rest } = networkResult()
    const document = networkDocument(
      {
        ...rest,
        alliance: {
          ...alliance,
          rounds: alliance.rounds.map((round) => ({ ...round, accuracy: undefined })),
        },
        arena: {
          ...arena,
          models: arena.models.map((model) => ({ ...model, place: undefined })),
          voters: arena.voters.map((voter) => ({ ...voter, scores: undefined, off: undefined })),
        },
      },
      null,
    )
    expect(document).toMatchObject({
      report: null,
      alliance: { rounds: [{ accuracy: null, loss: 0.5, paid: 100n }] },
      nodes: expect.arrayContaining([
        expect.objectContaining({ name: 'ann', attack: null }),
        expect.objectContaining({ name: 'cem', attack: 'lying-votes' }),
      ]),
    })
    expect(missingIn(document)).toEqual([])
  })
})

/** Paths of values that JSON would leave out. */
function missingIn(value: unknown, path = ''): readonly string[] {
  if (value === undefined) return [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) => missingIn(one, `${path}/${key}`))
}
