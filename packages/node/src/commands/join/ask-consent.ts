import { type Cid, UserError } from '@fednode/protocol'
import { askYesNo } from '../../framework/ask-yes-no.ts'
import type { Context } from '../../framework/context.ts'
import type { Consent } from '../../silo/read-silo-journal.ts'
import type { JoinOptions } from './handler.ts'

/**
 * Asks whether to take part; --accept answers beforehand, for exactly one manifest, and so does an earlier consent to it: a daemon that is
 * started again has nobody to ask. No prompt without a terminal.
 * @throws {UserError} refused: WRONG_MANIFEST_ACCEPTED, CONSENT_NEEDED, NO_CONSENT.
 */
export async function askConsent(
  manifest: Cid,
  options: Pick<JoinOptions, 'accept' | 'federation' | 'data' | 'name' | 'dir'> & {
    readonly earlier: Consent | undefined
    /** What it is that somebody takes part in. */
    readonly venue: 'federation' | 'alliance' | 'task'
  },
  context: Context,
): Promise<void> {
  const { accept, earlier, venue } = options
  if (accept === manifest) return
  if (accept !== undefined) throw wrongManifest(accept, manifest, venue)
  if (earlier?.manifest === manifest) {
    const day = new Date(earlier.at).toISOString().slice(0, 10)
    context.stderr.write(`You consented to this manifest on ${day}.\n\n`)
    return
  }
  const answer = await askYesNo(context, 'Take part?')
  if (answer === 'yes') return
  if (answer === 'nobody') throw consentNeeded(manifest, options)
  throw new UserError('refused', 'not taking part: you did not consent', { code: 'NO_CONSENT' })
}

function wrongManifest(accepted: string, actual: Cid, venue: string): UserError {
  return new UserError(
    'refused',
    `--accept names manifest ${accepted}, but the one of this ${venue} is ${actual}`,
    {
      code: 'WRONG_MANIFEST_ACCEPTED',
      hint: 'Read the plan above; if you approve it, give its CID.',
    },
  )
}

function consentNeeded(
  manifest: Cid,
  { federation, data, name, dir }: Pick<JoinOptions, 'federation' | 'data' | 'name' | 'dir'>,
): UserError {
  return new UserError(
    'refused',
    'nobody approved this manifest, and there is no terminal to ask',
    {
      code: 'CONSENT_NEEDED',
      hint: `If you approve the plan above:\nfednode join ${federation} --data ${data} --name ${name} --dir ${dir} --accept ${manifest}`,
    },
  )
}
