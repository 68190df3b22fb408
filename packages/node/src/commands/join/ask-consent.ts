import { createInterface } from 'node:readline/promises'
import { type Cid, UserError } from '@fednode/protocol'
import type { Context } from '../../framework/context.ts'
import type { JoinOptions } from './handler.ts'

/**
 * Asks whether to take part; --accept answers beforehand, for exactly one manifest. No prompt without a terminal.
 * @throws {UserError} refused: WRONG_MANIFEST_ACCEPTED, CONSENT_NEEDED, NO_CONSENT.
 */
export async function askConsent(
  manifest: Cid,
  options: Pick<JoinOptions, 'accept' | 'scenario' | 'data' | 'name' | 'dir'>,
  context: Context,
): Promise<void> {
  const { accept } = options
  if (accept === manifest) return
  if (accept !== undefined) throw wrongManifest(accept, manifest)
  if (!context.isTty.stdin || !context.isTty.stderr) throw consentNeeded(manifest, options)
  if (!(await isYes(context))) {
    throw new UserError('refused', 'not taking part: you did not consent', { code: 'NO_CONSENT' })
  }
}

async function isYes({ stdin, stderr, signal }: Context): Promise<boolean> {
  stderr.write('Take part? [y/N] ')
  const prompt = createInterface({ input: stdin })
  try {
    // A closed terminal is no consent.
    const closed = new Promise<string>((resolve) => prompt.once('close', () => resolve('')))
    const answer = await Promise.race([prompt.question('', { signal }), closed])
    return /^y(es)?$/i.test(answer.trim())
  } finally {
    prompt.close()
  }
}

function wrongManifest(accepted: string, actual: Cid): UserError {
  return new UserError(
    'refused',
    `--accept names manifest ${accepted}, but this Scenario's is ${actual}`,
    {
      code: 'WRONG_MANIFEST_ACCEPTED',
      hint: 'Read the plan above; if you approve it, give its CID.',
    },
  )
}

function consentNeeded(
  manifest: Cid,
  { scenario, data, name, dir }: Pick<JoinOptions, 'scenario' | 'data' | 'name' | 'dir'>,
): UserError {
  return new UserError(
    'refused',
    'nobody approved this manifest, and there is no terminal to ask',
    {
      code: 'CONSENT_NEEDED',
      hint: `If you approve the plan above:\nfednode join ${scenario} --data ${data} --name ${name} --dir ${dir} --accept ${manifest}`,
    },
  )
}
