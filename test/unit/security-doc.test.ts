import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, test } from 'vitest'

const ROOT = path.join(import.meta.dirname, '../..')
const THREATS = 60
/** Without a test, said openly. */
const OPEN: readonly string[] = []

type Threat = {
  readonly number: string
  readonly isOpen: boolean
  readonly tests: readonly { readonly title: string; readonly file: string }[]
}

const threats = readThreats()

test('docs/SECURITY.md has every threat once, in order', () => {
  const numbers = Array.from({ length: THREATS }, (_, index) => `T${index + 1}`)
  expect(threats.map(({ number }) => number)).toEqual(numbers)
})

test('docs/SECURITY.md says openly which threats have no test', () => {
  expect(threats.filter(({ isOpen }) => isOpen).map(({ number }) => number)).toEqual(OPEN)
})

describe.each(threats.filter(({ isOpen }) => !isOpen))(
  '$number in docs/SECURITY.md',
  ({ number, tests }) => {
    it('names a test that exists and carries the number', () => {
      expect(tests.length).toBeGreaterThan(0)
      for (const { title, file } of tests) {
        const source = readFileSync(path.join(ROOT, file), 'utf8')
        // A Solidity test cannot carry it in its name: the line above does.
        expect(file.endsWith('.sol') ? source : title).toMatch(new RegExp(`\\b${number}\\b`))
        expect(source, file).toContain(title)
      }
    })
  },
)

/** The rows of the table; links are relative to docs/. */
function readThreats(): readonly Threat[] {
  const text = readFileSync(path.join(ROOT, 'docs/SECURITY.md'), 'utf8')
  return [...text.matchAll(/^\| (T\d+) \| .* \|$/gm)].map(([row, number = '']) => ({
    number,
    isOpen: row.includes('**open**'),
    tests: [...row.matchAll(/\[([^\]]+)\]\(\.\.\/([^)]+)\)/g)].map(([, title = '', file = '']) => ({
      title,
      file,
    })),
  }))
}
