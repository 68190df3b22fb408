import { UserError } from '@fednode/protocol'
import { readPrivateFile } from '../identity/private-file.ts'

const MAX_TOKEN_BYTES = 1_024
/** RFC 6750 section 2.1; shorter ones can be guessed. */
const TOKEN = /^[A-Za-z0-9\-._~+/]{16,512}=*$/

/**
 * The bearer token in a file that only its owner may access (T42).
 * @param credentials - where systemd lends secrets, if it does.
 * @throws {UserError} usage BAD_TOKEN_FILE, naming the file and never its content (T41); as readPrivateFile.
 */
export async function readToken(file: string, credentials: string | undefined): Promise<string> {
  const limits = { maxBytes: MAX_TOKEN_BYTES, malformed, credentials }
  const text = await readPrivateFile(file, limits)
  const token = text.trim()
  if (!TOKEN.test(token)) throw malformed(file)
  return token
}

function malformed(file: string): UserError {
  return new UserError('usage', `${file}: is not one line with a token of 16 characters or more`, {
    code: 'BAD_TOKEN_FILE',
    hint: `Make one:  (umask 077; openssl rand -hex 32 > ${file})`,
  })
}
