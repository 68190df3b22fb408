import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readAmounts } from '../../../src/claims/read-amounts.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const [A, B] = [`0x${'aB'.repeat(20)}`, `0x${'cd'.repeat(20)}`]

function fileWith(text: string): string {
  const file = path.join(temporaryDirectory(), 'earned.csv')
  writeFileSync(file, text)
  return file
}

describe('readAmounts', () => {
  it('reads accounts and amounts in wei, with either end of line, and digests the bytes', async () => {
    const text = `account,amount\r\n${A}, 1.5\r\n${B},0.000000000000000001\r\n`
    const { lines, digest } = await readAmounts(fileWith(text))
    expect(lines).toEqual([
      { account: A.toLowerCase(), amount: 15n * 10n ** 17n },
      { account: B, amount: 1n },
    ])
    expect(digest).toBe(`0x${createHash('sha256').update(text).digest('hex')}`)
  })

  it.each([
    ['', 'line 1: "" is not the heading account,amount'],
    ['konto;betrag\n', 'line 1: "konto;betrag" is not the heading'],
    ['account,amount\n', 'line 1: 0 accounts; a root takes 1 to 100000'],
    [`account,amount\n${A},1\n${B.slice(1)},1`, 'line 3: "xcdcd'],
    [`account,amount\n${A},1,000\n`, 'line 2'],
    [`account,amount\n${A}\n`, 'has no amount such as 12.5'],
    [`account,amount\n${A},-1\n`, 'has no amount such as 12.5'],
    [`account,amount\n${A},0\n`, 'has no amount such as 12.5'],
    [`account,amount\n${A},1\n\n${B},1\n`, 'line 3: "" does not begin with an address'],
    [`account,amount\n${A},1\n${A.toLowerCase()},2\n`, 'is in line 2 already'],
    [`account,amount\n\u001b[2J,2\n`, 'line 2'],
  ])('refuses %j and says where', async (text, said) => {
    await expect(readAmounts(fileWith(text))).rejects.toMatchObject({
      code: 'BAD_AMOUNTS',
      message: expect.stringContaining(said),
    })
  })

  it('shows no control characters of a file', async () => {
    const refused = readAmounts(fileWith('account,amount\n\u001b[2J,2\n'))
    await expect(refused).rejects.toMatchObject({ message: expect.not.stringContaining('\u001b') })
  })

  it('says that a file is not there', async () => {
    await expect(readAmounts('/nowhere.csv')).rejects.toMatchObject({ code: 'NO_FILE' })
  })
})
