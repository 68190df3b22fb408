import { UserError } from '../errors.ts'

/** What libp2p says when it cannot listen, in words for the person who chose the address. */
export function listenError(listen: readonly string[], cause: unknown): unknown {
  const text = cause instanceof Error ? cause.message : ''
  const port = /EADDRINUSE[^\n]*?:(\d+)/.exec(text)?.[1]
  if (port !== undefined) {
    return new UserError('usage', `port ${port} is in use by another program`, {
      code: 'PORT_IN_USE',
      hint: 'choose another port with --listen, or 0 for any free one',
      cause,
    })
  }
  if (/EACCES|EADDRNOTAVAIL|UnsupportedListen|InvalidMultiaddr/.test(`${text} ${nameOf(cause)}`)) {
    return badListenAddress(listen, cause)
  }
  return cause
}

/** An address that cannot be listened on. */
export function badListenAddress(listen: readonly string[], cause: unknown): UserError {
  return new UserError('usage', `cannot listen on ${listen.join(', ')}`, {
    code: 'BAD_ADDRESS',
    hint: 'an address looks like /ip4/127.0.0.1/tcp/4001, or /ip4/127.0.0.1/tcp/8080/ws behind a TLS proxy',
    cause,
  })
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : ''
}
