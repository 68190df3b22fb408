import { setTimeout as sleep } from 'node:timers/promises'

/** A check that takes longer has failed, in ms: who asks waits a few seconds at most. */
const CHECK_TIMEOUT_MS = 2_000

/** One condition; a rejection counts as no. */
export type Check = () => boolean | Promise<boolean>

/** What /readyz says. */
export type ReadinessReport = {
  readonly status: 'ready' | 'unready'
  readonly checks: Readonly<Record<string, boolean>>
}

/** The conditions under which a daemon can do its work. */
export type Readiness = {
  /** From now on this need is met whenever `check` says so. */
  meet(need: string, check: Check): void
  report(): Promise<ReadinessReport>
}

/** @param needs - none of them is met before meet() says how to tell. */
export function createReadiness(
  needs: readonly string[],
  { timeoutMs = CHECK_TIMEOUT_MS }: { readonly timeoutMs?: number } = {},
): Readiness {
  const checks = new Map<string, Check>(needs.map((need) => [need, () => false]))
  return {
    meet: (need, check) => void checks.set(need, check),
    async report() {
      const answers = await Promise.all(
        [...checks].map(async ([need, check]) => [need, await ask(check, timeoutMs)] as const),
      )
      const isReady = answers.every(([, met]) => met)
      return { status: isReady ? 'ready' : 'unready', checks: Object.fromEntries(answers) }
    },
  }
}

async function ask(check: Check, timeoutMs: number): Promise<boolean> {
  const done = new AbortController()
  const late = sleep(timeoutMs, false, { ref: false, signal: done.signal }).catch(() => false)
  try {
    return await Promise.race([check(), late])
  } catch {
    // Whatever went wrong: the need is not met, and whoever asks for it has logged why.
    return false
  } finally {
    done.abort()
  }
}
