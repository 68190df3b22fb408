import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { checkResultFile } from '../../../src/model/check-result-file.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

it('finds a place for several at once, over an earlier result too, and leaves nothing there', async () => {
  const folder = path.join(temporaryDirectory(), 'results')
  const file = path.join(folder, 'p.csv')
  await Promise.all([1, 2, 3].map(() => checkResultFile(file)))
  expect(readdirSync(folder)).toEqual([])
  writeFileSync(file, 'earlier')
  await checkResultFile(file)
  expect(readdirSync(folder)).toEqual(['p.csv'])
})

it('refuses a folder, and a place below a file', async () => {
  const folder = temporaryDirectory()
  mkdirSync(path.join(folder, 'p.csv'))
  writeFileSync(path.join(folder, 'file'), '')
  for (const place of ['p.csv', 'file/p.csv']) {
    await expect(checkResultFile(path.join(folder, place))).rejects.toMatchObject({
      code: 'CANNOT_WRITE',
    })
  }
})
