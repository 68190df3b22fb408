/**
 * Watches how far one clock is from another, and warns when that is more than is borne: once, and again only after the two had agreed.
 * @param limitMs - what is borne, either way.
 * @param warn - called with how many seconds the own clock is ahead.
 * @returns takes each offset, in ms.
 */
export function createOffsetWatch(
  limitMs: number,
  warn: (secondsAhead: number) => void,
): (offsetMs: number) => void {
  let isWarned = false
  return (offsetMs) => {
    const isOff = Math.abs(offsetMs) > limitMs
    if (isOff && !isWarned) warn(Math.round(offsetMs / 1_000))
    isWarned = isOff
  }
}
