import type { Manifest, Weights } from '@fednode/protocol'

/**
 * What whoever gives a model away should know (T39): one with more weights than rows that its plan asks for can know single rows by heart, and
 * whoever has it can ask it for them (Carlini et al. 2019; measured in test/unit/lab/leaks.test.ts).
 * @returns undefined where the plan asks for more rows than there are weights.
 */
export function memoryWarning({
  manifest: { privacy, rounds },
  weights,
}: {
  readonly manifest: Pick<Manifest, 'privacy' | 'rounds'>
  readonly weights: Pick<Weights, 'values'>
}): string | undefined {
  const least = privacy.minimumRows * rounds.minSilos
  const count = weights.values.length
  if (count <= least) return undefined
  return `${count.toLocaleString('en-US')} weights, and the plan asks for ${least.toLocaleString('en-US')} rows only: a model can know rare rows by heart. Give it to those only who may know the rows`
}
