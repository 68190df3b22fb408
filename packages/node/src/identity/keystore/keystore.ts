/** How a password becomes a key; `salt` as bytes. */
export type Kdf =
  | {
      readonly kind: 'scrypt'
      readonly n: number
      readonly r: number
      readonly p: number
      readonly salt: Uint8Array
    }
  | { readonly kind: 'pbkdf2'; readonly iterations: number; readonly salt: Uint8Array }

/**
 * An encrypted private key (Web3 Secret Storage Definition, version 3:
 * https://ethereum.org/en/developers/docs/data-structures-and-encoding/web3-secret-storage/).
 */
export type Keystore = {
  /** Where it was read, for messages. */
  readonly file: string
  /** What the file says whose key it holds, lower-case; it need not say so. */
  readonly address: `0x${string}` | undefined
  readonly kdf: Kdf
  /** 16 bytes: the first counter of AES-128-CTR. */
  readonly iv: Uint8Array
  /** 32 bytes. */
  readonly ciphertext: Uint8Array
  /** keccak-256 over the second half of the derived key and the ciphertext. */
  readonly mac: Uint8Array
}
