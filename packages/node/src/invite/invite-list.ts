import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { UserError } from '@fednode/protocol'
import { z } from 'zod'
import { writePrivate } from '../runtime/write-private.ts'

const INVITES_FILE = 'invites.json'
/** Beyond it the oldest are forgotten. */
const MAX_INVITES = 10_000

const addressText = z
  .string()
  .regex(/^0x[0-9a-f]{40}$/)
  // Earned by the pattern.
  .transform((text) => text as `0x${string}`)

const inviteSchema = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{8}$/),
  scenario: addressText,
  account: addressText.nullable(),
  /** Unix ms. */
  created: z.int().nonnegative(),
  expires: z.int().nonnegative(),
  revoked: z.boolean(),
})

/** An invite that this directory gave out. */
export type KeptInvite = z.infer<typeof inviteSchema>

/** Invites given out so far, oldest first. @throws {UserError} data BAD_INVITES_FILE. */
export async function readInvites(directory: string): Promise<readonly KeptInvite[]> {
  const file = path.join(directory, INVITES_FILE)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]'
    throw error
  })
  const parsed = z.array(inviteSchema).safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  throw new UserError('data', `${file} is damaged`, {
    code: 'BAD_INVITES_FILE',
    hint: 'Move it away; invites that were given out stay good until they expire.',
  })
}

/** Keeps the list, whole or not at all. */
export async function writeInvites(
  directory: string,
  invites: readonly KeptInvite[],
): Promise<void> {
  const text = `${JSON.stringify(invites.slice(-MAX_INVITES), null, 2)}\n`
  await writePrivate(path.join(directory, INVITES_FILE), Buffer.from(text))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
