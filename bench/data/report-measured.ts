import process from 'node:process'

const KIB = 1_024

/** Prints rows, seconds since `started` (of performance.now) and this process's largest resident size. */
export function reportMeasured(rows: number, started: number): void {
  const seconds = (performance.now() - started) / 1_000
  const peakBytes = process.resourceUsage().maxRSS * KIB
  process.stdout.write(JSON.stringify({ rows, seconds, peakBytes }))
}
