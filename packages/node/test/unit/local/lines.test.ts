import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_LINE_CHARACTERS, readLines } from '../../../src/local/lines.ts'

async function linesOf(chunks: readonly string[]): Promise<string[]> {
  const stream = Readable.from(chunks.map((chunk) => Buffer.from(chunk)))
  const lines: string[] = []
  readLines(stream, (line) => lines.push(line))
  await finished(stream)
  return lines
}

describe('readLines', () => {
  it('finds the same lines however the text is cut', async () => {
    const text = fc.array(fc.stringMatching(/^[a-zé€]{1,8}$/), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 9 }), async (lines, size) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''))
        const chunks: Buffer[] = []
        for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size))
        const stream = Readable.from(chunks)
        const found: string[] = []
        readLines(stream, (line) => found.push(line))
        await finished(stream)
        expect(found).toEqual(lines)
      }),
    )
  })

  it('hands over a last line without its end', async () => {
    expect(await linesOf(['a\nb'])).toEqual(['a', 'b'])
  })

  it('holds no more than one line of bounded length', async () => {
    const [line] = await linesOf(['x'.repeat(MAX_LINE_CHARACTERS), 'y'.repeat(10)])
    expect(line).toHaveLength(MAX_LINE_CHARACTERS)
  })
})
