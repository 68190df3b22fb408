import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openZip } from '../../../../src/engines/install/read-zip.ts'
import { temporaryDirectory } from '../../temporary-directory.ts'
import { zipOf } from './zip-of.ts'

function written(bytes: Buffer): string {
  const file = path.join(temporaryDirectory(), 'archive.whl')
  writeFileSync(file, bytes)
  return file
}

const FILES = { 'a/stored.txt': 'as it is', 'a/b/deflated.txt': 'again '.repeat(1000), empty: '' }

describe('openZip', () => {
  it.each([true, false])('writes every file as it was (deflated: %s)', async (isDeflated) => {
    const file = written(zipOf(FILES, { isDeflated }))
    const archive = await openZip(file)
    const to = path.join(path.dirname(file), 'out')
    for (const entry of archive.entries) await archive.extract(entry, path.join(to, entry.name))
    await archive.close()
    expect(archive.entries.map(({ name }) => name)).toEqual(Object.keys(FILES))
    for (const [name, text] of Object.entries(FILES))
      expect(readFileSync(path.join(to, name), 'utf8')).toBe(text)
  })

  it('refuses an archive that ends too early', async () => {
    const whole = zipOf(FILES, { isDeflated: true })
    const file = written(whole.subarray(0, whole.length - 60))
    await expect(openZip(file)).rejects.toMatchObject({ info: { code: 'BAD_ARCHIVE' } })
  })

  it.each(['', 'no archive at all'])('refuses a file with %j in it', async (text) => {
    await expect(openZip(written(Buffer.from(text)))).rejects.toThrow('no table of contents')
  })

  it('refuses a file whose bytes were changed', async () => {
    const bytes = zipOf({ 'a.txt': 'again '.repeat(1000) }, { isDeflated: true })
    const start = 30 + 'a.txt'.length
    bytes.fill(0xff, start, start + 8)
    const file = written(bytes)
    const archive = await openZip(file)
    const [entry] = archive.entries
    if (entry === undefined) throw new TypeError('the archive is empty')
    await expect(archive.extract(entry, `${file}.out`)).rejects.toThrow('a.txt is damaged')
    await archive.close()
  })

  it('refuses a file that is shorter than the table says', async () => {
    const bytes = zipOf({ 'a.txt': 'four' }, { isDeflated: false })
    const file = written(bytes)
    const archive = await openZip(file)
    const [entry] = archive.entries
    if (entry === undefined) throw new TypeError('the archive is empty')
    await expect(archive.extract({ ...entry, size: 5 }, `${file}.out`)).rejects.toThrow('cut off')
    await archive.close()
  })
})
