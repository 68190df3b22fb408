import { copyFile, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Cid, encodeManifest, type Manifest, parseManifestYaml } from '@fednode/protocol'
import { loadDigits } from '../digits-cache.ts'
import { type DigitRows, splitDigits } from '../digits-split.ts'
import { encodeDigits } from '../encode-digits.ts'
import { NETWORK_LAYOUT, type NetworkRole, PEOPLE } from './people.ts'

const MANIFEST = fileURLToPath(
  new URL('../../../examples/network/federation.yaml', import.meta.url),
)
const PRIVATE_FILE = 0o600
const HELD_OUT_FILE = 'held-out.safetensors'

/** One node of the local network: its file stays where it is, its process reads it. */
export type PlannedNode = {
  readonly name: string
  readonly role: NetworkRole
  readonly file: string
  /** What it does on purpose; absent: it is honest. */
  readonly attack?: 'label-flip' | 'lying-votes'
  /** What its rows are, in words. */
  readonly rows: string
}

/** What a local network will run. */
export type NetworkPlan = {
  readonly manifest: Manifest
  readonly manifestCid: Cid
  readonly manifestFile: string
  /** Rows of nobody: the alliance's models are measured on them after each round. */
  readonly heldOutFile: string
  readonly nodes: readonly PlannedNode[]
  /** Rounds of the alliance. */
  readonly rounds: number
}

/** Lays out in `directory` what the nodes of a local network read: one manifest, and for each rows of real handwritten digits. */
export async function planNetwork(options: {
  readonly directory: string
  readonly cache: string
  readonly rounds: number
}): Promise<NetworkPlan> {
  const { directory, cache, rounds } = options
  const manifest = parseManifestYaml(await readFile(MANIFEST, 'utf8'), MANIFEST)
  const manifestFile = path.join(directory, 'federation.yaml')
  await copyFile(MANIFEST, manifestFile)
  const layout = NETWORK_LAYOUT
  const split = splitDigits(await loadDigits(cache), { seed: manifest.seed, layout })
  const keep = async (name: string, rows: DigitRows): Promise<string> => {
    const file = path.join(directory, name)
    await writeFile(file, encodeDigits(rows), { mode: PRIVATE_FILE })
    return file
  }
  const nodes: PlannedNode[] = []
  for (const { name, role, attack, flippedShare } of PEOPLE) {
    const own = split.silos.find((silo) => silo.name === name) ?? split.validation
    const file = await keep(`${name}.safetensors`, own)
    const wrong = flippedShare === 0 ? '' : `, ${flippedShare * 100} % with wrong labels`
    const rows = `${own.labels.length} digits${wrong}`
    nodes.push({ name, role, file, rows, ...(attack === undefined ? {} : { attack }) })
  }
  return {
    manifest,
    manifestCid: encodeManifest(manifest).cid,
    manifestFile,
    heldOutFile: await keep(HELD_OUT_FILE, split.validation),
    nodes,
    rounds,
  }
}
