/** Frames as they travel: the length as an unsigned varint, then the bytes. */
export function framed(...frames: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(frames.flatMap((frame) => [lengthOf(frame), frame])))
}

function lengthOf({ length }: Uint8Array): Uint8Array {
  const digits: number[] = []
  let rest = length
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) digits.push((rest % 0x80) | 0x80)
  return Uint8Array.from([...digits, rest])
}
