const FULL = '█'
const EMPTY = '░'

/** A bar of `width` characters; `share` is 0 to 1. */
export function progressBar(share: number, width: number): string {
  const filled = Math.round(Math.min(Math.max(share, 0), 1) * width)
  return FULL.repeat(filled) + EMPTY.repeat(width - filled)
}
