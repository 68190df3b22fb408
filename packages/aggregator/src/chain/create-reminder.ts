/** How often an operator hears of a cause that goes on, in ms. */
const REMIND_MS = 600_000

/**
 * Tells whether a cause of waiting is worth a line: when it is another one than before, and every ten minutes while it goes on.
 * @param elapsed - monotonic ms.
 */
export function createReminder(elapsed: () => number): (cause: string) => boolean {
  let told: { readonly cause: string; readonly at: number } | undefined
  return (cause) => {
    const at = elapsed()
    if (told?.cause === cause && at - told.at < REMIND_MS) return false
    told = { cause, at }
    return true
  }
}
