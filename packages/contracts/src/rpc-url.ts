import { UserError } from '@fednode/protocol'

/** Schemes that an RPC address may have (T29). */
const RPC_SCHEMES = ['http:', 'https:', 'ws:', 'wss:'] as const

const MAX_URL_LENGTH = 2_048

/**
 * Checks the address of an RPC node.
 * @throws {UserError} BAD_RPC_URL (usage) when it is no URL or its scheme is not http, https, ws or wss (T29).
 */
export function parseRpcUrl(text: string): URL {
  const url = text.length <= MAX_URL_LENGTH ? URL.parse(text) : null
  if (url === null) {
    throw new UserError('usage', `RPC address ${JSON.stringify(shortened(text))} is not a URL`, {
      code: 'BAD_RPC_URL',
      hint: 'Give the whole address, for example http://127.0.0.1:8545.',
    })
  }
  if (!RPC_SCHEMES.some((scheme) => scheme === url.protocol)) {
    throw new UserError(
      'usage',
      `RPC address has scheme ${url.protocol.slice(0, -1)}, which is not allowed`,
      {
        code: 'BAD_RPC_URL',
        hint: 'Use http, https, ws or wss.',
      },
    )
  }
  return url
}

/**
 * The address as it may be shown and logged: providers put access keys into user, path and query (T41).
 */
export function shownRpcUrl(url: URL): string {
  const hidden = url.username !== '' || url.pathname.length > 1 || url.search !== ''
  return `${url.protocol}//${url.host}${hidden ? '/…' : ''}`
}

function shortened(text: string): string {
  const SHOWN = 80
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}
