import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { type ClaimLine, parseAmount } from '@fednode/contracts'
import { printable, UserError } from '@fednode/protocol'
import { isAddress } from 'viem'

/** Who gets how much, as a file says it. */
export type Amounts = {
  readonly file: string
  readonly lines: readonly ClaimLine[]
  /** SHA-256 of the file: what a root says that it was made of. */
  readonly digest: `0x${string}`
}

const HEADING = 'account,amount'
/** A tree of so many is made in some seconds. */
const MAX_LINES = 100_000
/** No line is longer than this on average. */
const MAX_LINE_BYTES = 100
const MAX_UINT96 = 2n ** 96n - 1n

/**
 * Reads a table of accounts and amounts: a heading `account,amount`, then a line each, amounts in whole tokens.
 * @param file - its path.
 * @throws {UserError} usage NO_FILE, BAD_AMOUNTS.
 */
export async function readAmounts(file: string): Promise<Amounts> {
  const bytes = await readAll(file)
  const [heading = '', ...rest] = new TextDecoder().decode(bytes).split(/\r?\n/)
  if (heading.trim() !== HEADING) {
    throw bad(file, 1, `"${printable(heading.slice(0, 60))}" is not the heading ${HEADING}`)
  }
  const texts = rest.at(-1) === '' ? rest.slice(0, -1) : rest
  if (texts.length === 0 || texts.length > MAX_LINES) {
    throw bad(file, 1, `${texts.length} accounts; a root takes 1 to ${MAX_LINES}`)
  }
  const lines = texts.map((text, index) => parseLine(text, { file, line: index + 2 }))
  checkTwice(file, lines)
  if (lines.reduce((sum, { amount }) => sum + amount, 0n) > MAX_UINT96) {
    throw bad(file, texts.length + 1, 'the amounts are more in all than a contract counts')
  }
  return { file, lines, digest: `0x${createHash('sha256').update(bytes).digest('hex')}` }
}

async function readAll(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file)
    if (size <= MAX_LINES * MAX_LINE_BYTES) return await readFile(file)
  } catch (cause) {
    throw new UserError('usage', `${file}: cannot be read`, { code: 'NO_FILE', cause })
  }
  throw bad(file, 1, `it is longer than ${MAX_LINES} accounts take`)
}

function parseLine(text: string, at: { readonly file: string; readonly line: number }): ClaimLine {
  const [account = '', amount = '', ...more] = text.split(',').map((cell) => cell.trim())
  const shown = `"${printable(text.slice(0, 60))}"`
  if (more.length > 0) throw bad(at.file, at.line, `${shown} has more than two cells`)
  if (!isAddress(account, { strict: false })) {
    throw bad(at.file, at.line, `${shown} does not begin with an address`)
  }
  const wei = weiOf(amount)
  if (wei === undefined || wei === 0n) {
    throw bad(at.file, at.line, `${shown} has no amount such as 12.5 behind its comma`)
  }
  return { account: `0x${account.slice(2).toLowerCase()}`, amount: wei }
}

function weiOf(text: string): bigint | undefined {
  try {
    return parseAmount(text)
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

function checkTwice(file: string, lines: readonly ClaimLine[]): void {
  const first = new Map<string, number>()
  for (const [index, { account }] of lines.entries()) {
    const before = first.get(account)
    if (before !== undefined) {
      throw bad(file, index + 2, `${account} is in line ${before} already`)
    }
    first.set(account, index + 2)
  }
}

function bad(file: string, line: number, what: string): UserError {
  return new UserError('usage', `${file}, line ${line}: ${what}`, {
    code: 'BAD_AMOUNTS',
    hint: `A heading ${HEADING}, then a line for each account: its address, a comma, an amount in whole tokens.`,
  })
}
