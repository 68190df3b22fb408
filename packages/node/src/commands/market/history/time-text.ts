const DAY = 86_400

/** A moment in UTC for people; the date when `span` seconds are more than a day. */
export function clockText(unixSeconds: number, span = Number.POSITIVE_INFINITY): string {
  const [date = '', time = ''] = new Date(unixSeconds * 1_000).toISOString().split(/[T.]/)
  return span > DAY ? `${date} ${time}` : time
}
