/** What a lying or broken node may put in the place of a value. */
const INSTEAD: readonly ((value: unknown) => unknown)[] = [
  () => undefined,
  () => null,
  () => '',
  () => '0x',
  () => '0xzz',
  () => `0x${'ff'.repeat(32)}`,
  () => `0x${'ff'.repeat(400)}`,
  () => '-0x1',
  () => '1'.repeat(1_000),
  () => 0,
  () => -1,
  () => 1.5,
  () => 2 ** 53,
  () => true,
  () => [],
  () => ({}),
  (value) => [value, value],
  (value) => ({ value }),
  (value) => (typeof value === 'string' ? value.slice(0, -2) : value),
  (value) => (typeof value === 'string' ? `${value}00` : value),
  (value) => (Array.isArray(value) ? [...value, ...value] : value),
  (value) => (Array.isArray(value) ? value.toReversed() : value),
]

/**
 * Answers with some of their values replaced, at any depth.
 * @param program - two bytes a change: which value, and what it becomes; an odd last byte does nothing.
 */
export function hostileAnswers(
  honest: Readonly<Record<string, unknown>>,
  program: Uint8Array,
): Readonly<Record<string, unknown>> {
  const answers = structuredClone(honest)
  for (let at = 0; at + 1 < program.length; at += 2) {
    const places = placesIn(answers)
    const place = places[(program[at] ?? 0) % places.length]
    const instead = INSTEAD[(program[at + 1] ?? 0) % INSTEAD.length]
    if (place !== undefined && instead !== undefined) {
      place.holder[place.key] = instead(place.holder[place.key])
    }
  }
  return answers
}

type Place = { readonly holder: Record<string, unknown>; readonly key: string }

/** Everywhere that a value is. */
function placesIn(value: unknown): readonly Place[] {
  if (typeof value !== 'object' || value === null) return []
  // An array is a record of its indexes, too.
  const holder = value as Record<string, unknown>
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])])
}
