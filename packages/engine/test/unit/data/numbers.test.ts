import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { inspectDataFile } from '../../../src/data/data-file.ts'
import { parseDecimal } from '../../../src/data/parse-decimal.ts'
import { openTable } from '../../../src/data/table-reader.ts'
import { createDataFolder, type DataFolder } from './data-folder.ts'

let folder: DataFolder
beforeAll(async () => {
  folder = await createDataFolder()
})
afterAll(() => folder.remove())

const ODD = [
  ...[
    '1e400',
    '-1e400',
    '1e-400',
    '5.',
    '.5',
    '.',
    '+',
    '-',
    'e5',
    '1e',
    '1e+',
    '+5',
    '--5',
    '1.2.3',
    '1_000',
  ],
  ...[
    'nan',
    'NaN',
    'inf',
    'Infinity',
    '0x10',
    '1e5.5',
    '0'.repeat(65),
    '1,5',
    '1 000',
    '',
    ' 7 ',
    '-0',
    '1'.repeat(64),
  ],
]

it('reads numbers in the database exactly as cell by cell, or leaves them to that', async () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789+-.eE_'), maxLength: 12 })
  const doubles = fc.double({ noNaN: true }).map(String)
  const texts = [...ODD, ...fc.sample(fc.oneof(digits, doubles), { numRuns: 3_000, seed: 7 })]
  const lines = texts.map((text) => `"${text}",x`)
  const file = await inspectDataFile(await folder.write('n.csv', `n,y\n${lines.join('\n')}\n`))
  const table = await openTable(file, ['n'])
  const numbers: number[] = []
  try {
    for await (const chunk of table.chunks()) numbers.push(...(chunk.numbers(0) ?? []))
  } finally {
    await table.close()
  }
  expect(numbers).toHaveLength(texts.length)
  const wrong = texts.filter((text, i) => {
    const value = numbers[i] as number
    return Number.isFinite(value) && value !== parseDecimal(text.trim())
  })
  expect(wrong).toEqual([])
  expect(numbers.filter(Number.isFinite).length).toBeGreaterThan(1_000)
})
