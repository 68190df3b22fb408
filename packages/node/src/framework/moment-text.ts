/** A block's time in UTC (ISO 8601), as people and scripts both read it. @param unixSeconds - of the chain. */
export function momentText(unixSeconds: bigint): string {
  return new Date(Number(unixSeconds) * 1_000).toISOString()
}
