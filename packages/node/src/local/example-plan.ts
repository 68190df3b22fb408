import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseManifestYaml } from '@fednode/protocol'
import { requireChain } from '../plan/require-chain.ts'
import { VALIDATION_FILE } from '../verify/validation-file.ts'
import { loadDigits } from './digits-cache.ts'
import { evenLayout, unevenLayout } from './digits-layout.ts'
import { splitDigits } from './digits-split.ts'
import { encodeDigits } from './encode-digits.ts'
import { type ExampleChanges, exampleManifest } from './example-manifest.ts'
import { markAttackers } from './mark-attackers.ts'
import type { FederationPlan } from './plan.ts'

const MANIFEST = new URL('../../examples/digits/federation.yaml', import.meta.url)
const PRIVATE_FILE = 0o600

/** Silos of the example when nobody says otherwise. */
export const EXAMPLE_SILOS = 5

/**
 * Lays out the bundled example in `directory`: the held-out rows and one file per silo, split by the manifest's seed. Silos differ in
 * what they have, unless some of them attack: then that is all that is wrong.
 * @param options - `silos` is EXAMPLE_SILOS when left out; the others replace what the manifest says.
 * @throws {UserError} BAD_EXAMPLE.
 */
export async function planExample(
  options: Omit<ExampleChanges, 'silos'> & {
    readonly directory: string
    readonly cache: string
    readonly silos?: number | undefined
  },
): Promise<FederationPlan> {
  const { directory, cache, attack, silos: count = EXAMPLE_SILOS } = options
  const source = fileURLToPath(MANIFEST)
  const written = parseManifestYaml(await readFile(MANIFEST, 'utf8'), source)
  const manifest = exampleManifest(requireChain(written, source), { ...options, silos: count })
  const layout = attack === undefined ? unevenLayout(count) : evenLayout(count)
  const { seed } = manifest
  const { validation, silos } = splitDigits(await loadDigits(cache), { seed, layout })
  const validationFile = path.join(directory, VALIDATION_FILE)
  await writeFile(validationFile, encodeDigits(validation), { mode: PRIVATE_FILE })
  const planned = silos.map(async ({ name, flippedShare, ...rows }) => {
    const file = path.join(directory, `${name}.safetensors`)
    await writeFile(file, encodeDigits(rows), { mode: PRIVATE_FILE })
    return { name, file, flippedShare }
  })
  return { manifest, validationFile, silos: markAttackers(await Promise.all(planned), attack) }
}
