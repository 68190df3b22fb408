import { cidOfBytes } from '@fednode/protocol'
import { expect, test } from 'vitest'
import type { DataDraft } from '../../../../../src/commands/federation/init/draft-from-data.ts'
import { draftNotes } from '../../../../../src/commands/federation/init/draft-notes.ts'

const DRAFT: DataDraft = {
  data: { kind: 'array', shape: [1], classes: ['a', 'b'] },
  validation: cidOfBytes(Uint8Array.of(1)),
  silos: undefined,
  ...{ smallSilos: [], leftOut: [], codes: [], unlabelled: 0 },
}

test('a file without surprises needs no notes', () => {
  expect(draftNotes(DRAFT)).toEqual({ comments: '', lines: [] })
})

test('says what was left out, and how to turn codes into categories', () => {
  const { comments, lines } = draftNotes({
    ...DRAFT,
    leftOut: [{ column: 'id\u001b[2J', reason: 'its name is one of an identifier' }],
    codes: [{ column: 'thal', values: ['3', '6', '7'] }],
    unlabelled: 2,
  })
  const [left, codes] = comments.split('\n')
  expect(left).toMatch(/^# Left out: id.*: its name is one of an identifier$/)
  expect(codes).toContain('Column thal holds only 3, 6, 7.')
  expect(codes).toContain('categories: ["3", "6", "7"]')
  expect(comments + lines.join('')).not.toContain('\u001b')
  expect(lines.map((line) => line.split(/[:,]/)[0])).toEqual(['left out', 'note', 'beware'])
})

test('says that other silos may have other words', () => {
  const data = {
    kind: 'table',
    columns: [
      { name: 'ward', type: 'category', categories: ['a', 'b'] },
      { name: 'age', type: 'number' },
    ],
    missingRows: 'drop',
  } as const
  const { comments, lines } = draftNotes({ ...DRAFT, data })
  expect(comments).toMatch(/^# Categories of ward are those of this file.*maxCategories: 20.*\n$/)
  expect(lines).toEqual([])
})

test('lists a dozen silos that do not take part, and counts the others', () => {
  const smallSilos = Array.from({ length: 14 }, (_, i) => `s${i}`)
  const [line = ''] = draftNotes({ ...DRAFT, smallSilos }).lines
  expect(line).toContain('s11 and 2 more, too few rows')
  expect(line).not.toContain('s12')
})
