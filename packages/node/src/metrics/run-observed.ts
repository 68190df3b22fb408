import type { Context } from '../framework/context.ts'
import type { ArgsOf } from '../framework/option.ts'
import type { metricsOptions } from '../options/metrics.ts'
import { type Monitor, startMonitor } from './start-monitor.ts'

/** A daemon that has no metrics of its own: it is observed as a process, and by whether its needs are met. */
export type Observed = {
  readonly options: ArgsOf<typeof metricsOptions>
  readonly context: Context
  /** Names of the checks of /readyz, which the job says how to make. */
  readonly needs: readonly string[]
}

/** Runs such a daemon to its end, observed all the while. @throws {UserError} as startMonitor, and what `job` throws. */
export async function runObserved(
  { options, context, needs }: Observed,
  job: (monitor: Pick<Monitor<never>, 'meet'>) => Promise<void>,
): Promise<undefined> {
  const declare = async () => ({ onEvent() {} })
  const monitor = await startMonitor<never>(options, context, { needs, declare })
  try {
    await job(monitor)
  } finally {
    await monitor.stop()
  }
  return undefined
}
