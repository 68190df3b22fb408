import type { SiloName } from '@fednode/protocol'
/** How one text from a flag, the environment or the config file becomes a value. */
export type ValueType<T> = {
  /** Placeholder in help: `--port PORT`. */
  readonly placeholder: string
  /** Completes "expected …" when the text is refused. */
  readonly expected: string
  /** undefined: refused. */
  parse(text: string): T | undefined
  /** A value as somebody would type it; absent: String says it. */
  show?(value: T): string
}

/** Any text that is not empty. */
export const text = (placeholder: string): ValueType<string> => ({
  placeholder,
  expected: 'some text',
  parse: (value) => (value === '' ? undefined : value),
})

/** A path of a file or folder; resolved against the working directory by the handler. */
export const filePath = (placeholder = 'FILE'): ValueType<string> => ({
  placeholder,
  expected: 'a path',
  parse: (value) => (value === '' || value.includes('\0') ? undefined : value),
})

/** A whole number within bounds, both included. */
export const integer = (placeholder: string, min: number, max: number): ValueType<number> => ({
  placeholder,
  expected: `an integer from ${min} to ${max}`,
  parse: (value) => {
    if (!/^-?\d{1,15}$/.test(value)) return undefined
    const number = Number(value)
    return number >= min && number <= max ? number : undefined
  },
})

/** One of a few words. */
export const choice = <const T extends string>(
  placeholder: string,
  values: readonly T[],
): ValueType<T> => ({
  placeholder,
  expected: `one of ${values.join(', ')}`,
  parse: (value) => values.find((candidate) => candidate === value),
})

/** An EVM address, kept as lower-case hex. */
export const address: ValueType<`0x${string}`> = {
  placeholder: '0xADDR',
  expected: 'an address (0x and 40 hex digits)',
  parse: (value) =>
    /^0x[0-9a-fA-F]{40}$/.test(value) ? `0x${value.slice(2).toLowerCase()}` : undefined,
}

/** A JSON-RPC endpoint: http, https, ws or wss, nothing else (T29). */
export const rpcUrl: ValueType<string> = {
  placeholder: 'URL',
  expected: 'a URL that starts with http://, https://, ws:// or wss://',
  parse: (value) =>
    /^(https?|wss?):\/\/\S+$/.test(value) && URL.canParse(value) ? value : undefined,
}

/** A libp2p address to listen on, for example /ip4/127.0.0.1/tcp/4001, or with /ws for WebSocket behind a TLS proxy. */
export const listenAddress: ValueType<string> = {
  placeholder: 'MULTIADDR',
  expected: 'a multiaddr such as /ip4/127.0.0.1/tcp/4001 or /ip4/127.0.0.1/tcp/8080/ws',
  parse: (value) => (isSocketAddress(value) && !/\/(tls\/ws|wss)$/.test(value) ? value : undefined),
}

/** A libp2p address that others dial, for example /dns4/fl.example.org/tcp/443/tls/ws. */
export const announceAddress: ValueType<string> = {
  placeholder: 'MULTIADDR',
  expected:
    'a multiaddr such as /dns4/fl.example.org/tcp/4001 or /dns4/fl.example.org/tcp/443/tls/ws',
  parse: (value) => (isSocketAddress(value) ? value : undefined),
}

/** Address of a certain peer: TCP or WebSocket, perhaps through a relay; no other scheme is dialled (T29). */
export const peerAddress: ValueType<string> = {
  placeholder: 'MULTIADDR',
  expected: 'the address of a peer, such as /dns4/fl.example.org/tcp/4001/p2p/12D3KooW…',
  parse: (value) => {
    const found = /^(.*?)(?:\/p2p\/(\w+)\/p2p-circuit)?\/p2p\/(\w+)$/.exec(value)
    if (found === null) return undefined
    const [, socket = '', relay, peer] = found
    const ids = [peer, ...(relay === undefined ? [] : [relay])]
    return isSocketAddress(socket) && ids.every((id) => PEER_ID.test(id ?? '')) ? value : undefined
  },
}

/** An ed25519 peer id as libp2p writes it. */
const PEER_ID = /^12D3KooW[1-9A-HJ-NP-Za-km-z]{44}$/
const SOCKET =
  /^\/(?:ip4|ip6|dns|dns4|dns6)\/[0-9A-Za-z.:_-]{1,253}\/tcp\/(\d{1,5})(?:\/ws|\/wss|\/tls\/ws)?$/

function isSocketAddress(value: string): boolean {
  const port = SOCKET.exec(value)?.[1]
  return port !== undefined && Number(port) <= 65_535
}

/** An amount of tokens or currency as people write it: "100.5"; kept as text, money is never a float. */
export const decimalAmount: ValueType<string> = {
  placeholder: 'AMOUNT',
  expected: 'a positive decimal number such as 100.5 (at most 18 decimals)',
  parse: (value) =>
    /^\d{1,30}(\.\d{1,18})?$/.test(value) && /[1-9]/.test(value) ? value : undefined,
}

/** A price of gas in gwei as people write it, "0.5"; the value is in wei. */
export const gwei: ValueType<bigint> = {
  placeholder: 'GWEI',
  expected: 'a positive number of gwei such as 200 or 0.5 (at most 9 decimals)',
  parse: (value) => {
    const [, whole, decimals = ''] = /^(\d{1,9})(?:\.(\d{1,9}))?$/.exec(value) ?? []
    if (whole === undefined) return undefined
    const wei = BigInt(whole + decimals.padEnd(9, '0'))
    return wei === 0n ? undefined : wei
  },
}

/** Name of a silo in its federation (T22). */
export const siloName: ValueType<SiloName> = {
  placeholder: 'NAME',
  expected: 'a name of a-z, 0-9 and "-", at most 40 characters',
  // As isSiloName, whose package is too heavy for --help; the brand is earned by the pattern.
  parse: (value) => (/^[a-z0-9-]{1,40}$/.test(value) ? (value as SiloName) : undefined),
}

/** Several values of one type, separated by commas. */
export const listOf = <T>(type: ValueType<T>): ValueType<readonly T[]> => ({
  placeholder: `${type.placeholder},…`,
  expected: `${type.expected}, or several separated by commas`,
  parse: (value) => {
    const items = value.split(',').map((item) => type.parse(item.trim()))
    return items.every((item) => item !== undefined) ? items : undefined
  },
})
