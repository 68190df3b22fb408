/** One, as labelled numbers are parsed. */
export const WAD: bigint = 10n ** 18n
/** A ten-thousandth of that. */
export const BPS_UNIT: bigint = WAD / 10_000n

/** A labelled number of the document: wei, or 1e18 = 1. */
export type FigureAt = (label: string) => bigint

/** What a model gives for labels of the document. */
export type Examples = readonly (readonly [label: string, value: bigint])[]
