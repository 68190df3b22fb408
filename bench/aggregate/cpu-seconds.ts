import process from 'node:process'

/** CPU seconds of this process so far: others on the machine count little. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
