const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** Seconds in the largest unit that they are whole in: "14 days", "90 minutes", "1 hour". */
export function durationText(seconds: number): string {
  const [name, size] = UNITS.find(([, unit]) => seconds !== 0 && seconds % unit === 0) ?? [
    'second',
    1,
  ]
  const count = seconds / size
  return `${count} ${name}${count === 1 ? '' : 's'}`
}
