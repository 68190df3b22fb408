import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { encodeSafetensors, parseManifestYaml } from '@fednode/protocol'
import { DIGIT_SHAPE } from './digits.ts'
import { loadDigits } from './digits-cache.ts'
import { type DigitRows, splitDigits } from './digits-split.ts'
import type { FederationPlan } from './plan.ts'

const MANIFEST = new URL('../../examples/digits/federation.yaml', import.meta.url)
const VALIDATION_FILE = 'validation.safetensors'
const PRIVATE_FILE = 0o600

/**
 * Lays out the bundled example in `directory`: the held-out rows and one file per silo, split by the manifest's seed.
 * @param options - `rounds` replaces the manifest's own number.
 */
export async function planExample(options: {
  readonly directory: string
  readonly cache: string
  readonly rounds?: number | undefined
}): Promise<FederationPlan> {
  const { directory, cache, rounds } = options
  const written = parseManifestYaml(await readFile(MANIFEST, 'utf8'), fileURLToPath(MANIFEST))
  const { validation, silos } = splitDigits(await loadDigits(cache), written.seed)
  const validationFile = path.join(directory, VALIDATION_FILE)
  await writeFile(validationFile, encodeRows(validation), { mode: PRIVATE_FILE })
  const planned = silos.map(async ({ name, flippedShare, ...rows }) => {
    const file = path.join(directory, `${name}.safetensors`)
    await writeFile(file, encodeRows(rows), { mode: PRIVATE_FILE })
    return { name, file, flippedShare }
  })
  const count = rounds ?? written.rounds.count
  return {
    manifest: { ...written, rounds: { ...written.rounds, count } },
    validationFile,
    silos: await Promise.all(planned),
  }
}

function encodeRows({ pixels, labels }: DigitRows): Uint8Array {
  const count = labels.length
  return encodeSafetensors([
    { name: 'features', dtype: 'U8', shape: [count, ...DIGIT_SHAPE], bytes: pixels },
    { name: 'labels', dtype: 'U8', shape: [count], bytes: labels },
  ])
}
