import type { SiloName } from '@fednode/protocol'
/** How one text from a flag, the environment or the config file becomes a value. */
export type ValueType<T> = {
  /** Placeholder in help: `--port PORT`. */
  readonly placeholder: string
  /** Completes "expected …" when the text is refused. */
  readonly expected: string
  /** undefined: refused. */
  parse(text: string): T | undefined
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

/** A libp2p address to listen on, for example /ip4/127.0.0.1/tcp/4001. */
export const listenAddress: ValueType<string> = {
  placeholder: 'MULTIADDR',
  expected: 'a multiaddr such as /ip4/127.0.0.1/tcp/4001',
  parse: (value) => {
    const port = /^\/(?:ip4|ip6|dns4|dns6)\/[^/\s]+\/tcp\/(\d{1,5})$/.exec(value)?.[1]
    return port !== undefined && Number(port) <= 65_535 ? value : undefined
  },
}

/** An amount of tokens or currency as people write it: "100.5"; kept as text, money is never a float. */
export const decimalAmount: ValueType<string> = {
  placeholder: 'AMOUNT',
  expected: 'a positive decimal number such as 100.5 (at most 18 decimals)',
  parse: (value) =>
    /^\d{1,30}(\.\d{1,18})?$/.test(value) && /[1-9]/.test(value) ? value : undefined,
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
