import type { DataSpec } from '@fednode/protocol'

/** How many windows of a series before any one have a reading of it, as splitRows asks for it; nothing of other data, whose rows are independent. */
export function overlapOf(data: DataSpec): { readonly overlap?: number } {
  return data.kind === 'series' ? { overlap: data.past + data.horizon - 1 } : {}
}
