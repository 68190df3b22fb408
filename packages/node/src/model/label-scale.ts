import type { DataSpec } from '@fednode/protocol'

/** Of the label, where it is a number: by it predictions come in the label's own unit. */
export function labelScale(
  data: DataSpec,
): { readonly mean: number; readonly deviation: number } | undefined {
  if (data.kind === 'array' || data.label === undefined) return undefined
  return 'scale' in data.label ? data.label.scale : undefined
}
