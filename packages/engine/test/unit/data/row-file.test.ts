import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createRowFile, type RowFile, type RowFileOptions } from '../../../src/data/row-file.ts'

const MODULE = new URL('../../../src/data/row-file.ts', import.meta.url).href
/** Writes a mebibyte and prints what is said to that, and how many files are left. */
const FILL = `
  import { readdirSync } from 'node:fs'
  const [module, directory] = process.argv.slice(1)
  const { createRowFile } = await import(module)
  const file = createRowFile({ directory, width: 1024, type: 'uint8', windowBytes: 1, name: 'rows.csv' })
  try {
    file.writeNow(0, file.allocate(1024))
  } catch ({ code, message, info: { fault } }) {
    console.log(JSON.stringify({ code, message, fault, left: readdirSync(directory).length }))
  }`

function rowFile(type: RowFileOptions['type'], width: number): RowFile {
  const directory = mkdtempSync(join(tmpdir(), 'fednode-rows-'))
  const file = createRowFile({ directory, width, type, windowBytes: 1, name: 'rows.csv' })
  expect(readdirSync(directory)).toEqual([])
  onTestFinished(() => {
    file.close()
    rmSync(directory, { recursive: true })
  })
  return file
}

describe('createRowFile', () => {
  it('gives back what was written where it was written', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.float32Array({ minLength: 12, maxLength: 60, noNaN: true }),
        fc.nat(100),
        fc.nat(3),
        async (values, start, skipped) => {
          const rows = values.subarray(0, 3 * Math.floor(values.length / 3))
          const file = rowFile('float32', 3)
          await file.write(start, rows)
          const part = rows.subarray(3 * skipped)
          const read = file.allocate(part.length / 3)
          await file.read(start + skipped, read)
          expect(read).toEqual(part.slice())
          file.writeNow(0, part)
          file.readNow(0, read)
          expect(read).toEqual(part.slice())
        },
      ),
      { seed: 1, numRuns: 20 },
    )
  })

  it('refuses to read rows that are not there', async () => {
    const file = rowFile('uint8', 2)
    file.writeNow(0, Uint8Array.of(1, 2, 3, 4))
    const refused = expect.objectContaining({ code: 'DATA_DISK_FAILED' })
    await expect(file.read(1, file.allocate(2))).rejects.toEqual(refused)
    expect(() => file.readNow(2, file.allocate(1))).toThrow('the file ends before its rows do')
  })

  it('refuses more rows than it may hold before it writes them', async () => {
    const file = rowFile('uint8', 1_000)
    const refused = 'rows.csv: too many rows of 1000 features'
    expect(() => file.writeNow(1_099_511_627, file.allocate(1))).toThrow(refused)
    await expect(file.write(4_294_967_295, file.allocate(1))).rejects.toThrow(refused)
  })

  it.runIf(process.platform === 'linux')(
    'says in one line that there is no more room',
    async () => {
      const directory = mkdtempSync(join(tmpdir(), 'fednode-full-'))
      onTestFinished(() => rmSync(directory, { recursive: true }))
      const { stdout } = await promisify(execFile)('sh', [
        '-c',
        // No file of this process may have more than 64 blocks: what a full disk says, without filling one.
        'ulimit -f 64; exec "$0" --input-type=module --eval "$1" "$2" "$3"',
        ...[process.execPath, FILL, MODULE, directory],
      ])
      expect(JSON.parse(stdout)).toEqual({
        code: 'DATA_DISK_FULL',
        message: `${directory}: the disk has no room for the rows of rows.csv`,
        fault: 'data',
        left: 0,
      })
    },
  )
})
