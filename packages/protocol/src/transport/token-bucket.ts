/** Allows `burst` events at once and `perSecond` in the long run, per key; forgets keys that have rested. */
export type TokenBucket = {
  /** Whether one more event of `key` is within its limit. */
  take(key: string): boolean
}

type Level = { tokens: number; at: number }

/** Keys remembered at a time; beyond it the rested ones are forgotten. */
const MAX_KEYS = 1_024

/** @param monotonic - current time in ms of a clock that never jumps. */
export function createTokenBucket(
  options: { readonly burst: number; readonly perSecond: number },
  monotonic: () => number = () => performance.now(),
): TokenBucket {
  const { burst, perSecond } = options
  const levels = new Map<string, Level>()

  function levelOf(key: string, now: number): Level {
    const last = levels.get(key) ?? { tokens: burst, at: now }
    const tokens = Math.min(burst, last.tokens + ((now - last.at) / 1_000) * perSecond)
    return { tokens, at: now }
  }

  function forgetRested(now: number): void {
    for (const key of levels.keys()) {
      if (levelOf(key, now).tokens >= burst) levels.delete(key)
    }
  }

  return {
    take(key) {
      const now = monotonic()
      if (levels.size >= MAX_KEYS) forgetRested(now)
      const level = levelOf(key, now)
      const allowed = level.tokens >= 1
      levels.set(key, allowed ? { ...level, tokens: level.tokens - 1 } : level)
      return allowed
    },
  }
}
