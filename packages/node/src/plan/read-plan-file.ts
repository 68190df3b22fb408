import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { encodeManifest, parseManifestYaml, UserError } from '@fednode/protocol'
import type { Plan } from './plan.ts'

/** Reads a federation.yaml. @throws {UserError} FILE_MISSING, and what parseManifestYaml says of its content. */
export async function readPlanFile(file: string): Promise<Plan> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UserError('usage', `${file}: cannot be read`, {
      code: 'FILE_MISSING',
      hint: 'fednode federation init --data FILE --label COLUMN  writes one.',
      cause,
    })
  })
  const manifest = parseManifestYaml(text, path.basename(file))
  return { manifest, ...encodeManifest(manifest), source: file }
}
