import type { Code } from '../wasm/define-function.ts'
import { wasm } from '../wasm/stack-instructions.ts'

/** How many channels are worked on at once, in bytes, and how they are read and written. */
export type ChannelWidth = {
  readonly bytes: number
  readonly load: Code
  readonly store: Code
}

const VECTOR: ChannelWidth = { bytes: 16, load: wasm.load(0), store: wasm.store(0) }
const SINGLE: ChannelWidth = { bytes: 4, load: wasm.loadFirst(0), store: wasm.storeFirst(0) }

/**
 * Runs a body for four channels at a time, then for one; it has to move its addresses on by the width. `channelBytes` is a local with the
 * size of all channels, `left` one to count in.
 */
export function overChannels(
  { channelBytes, left }: { readonly channelBytes: number; readonly left: number },
  body: (width: ChannelWidth) => Code,
): Code {
  const { get, set, i32 } = wasm
  const loop = (mask: number, width: ChannelWidth): Code => [
    ...[...get(channelBytes), ...i32(mask), ...wasm.and, ...set(left)],
    ...wasm.when(
      get(left),
      wasm.repeatWhile([...body(width), ...wasm.increase(left, -width.bytes), ...get(left)]),
    ),
  ]
  return [...loop(-VECTOR.bytes, VECTOR), ...loop(VECTOR.bytes - 1, SINGLE)]
}
