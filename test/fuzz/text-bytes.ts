/** Texts as a corpus of bytes. */
export function textBytes(...texts: readonly string[]): readonly Uint8Array[] {
  return texts.map((text) => new TextEncoder().encode(text))
}

/** Text of any bytes, as a careless reader makes it. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
