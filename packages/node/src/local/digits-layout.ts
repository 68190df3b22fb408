import { isSiloName, type SiloName } from '@fednode/protocol'

/** Concentration of the Dirichlet label skew; at 0.5 most silos see few of some digits (Hsu et al. 2019). */
const SKEWED = 0.5
/** Every silo has about as many of each digit: the case that robust methods are made for. */
const EVEN = 100
/** Share of one silo's labels that are made wrong. */
export const FLIPPED_SHARE = 0.4
/** Rows of the small silo over those of each other one. */
const SMALL_SIZE = 0.1
/** Of all silos together, so that the small one stays above the plan's minimum of rows however many there are. */
const SMALL_PART = 0.015
const FIRST_LETTER = 'a'.charCodeAt(0)

/** How the example's rows are dealt. */
export type DigitsLayout = {
  /** Dirichlet concentration of the label skew. */
  readonly alpha: number
  readonly silos: readonly {
    readonly name: SiloName
    /** Rows relative to the other silos. */
    readonly size: number
    /** Share of its labels that are replaced by wrong ones. */
    readonly flippedShare: number
  }[]
}

/** Silos that differ: labels are skewed, the last but one has wrong labels, the last has few rows. */
export function unevenLayout(silos: number): DigitsLayout {
  const small = Math.max(SMALL_SIZE, SMALL_PART * silos)
  return {
    alpha: SKEWED,
    silos: silosOf(silos, (index) => ({
      size: index === silos - 1 ? small : 1,
      flippedShare: index === silos - 2 ? FLIPPED_SHARE : 0,
    })),
  }
}

/** Silos alike, so that an attack is all that is wrong. */
export function evenLayout(silos: number): DigitsLayout {
  return { alpha: EVEN, silos: silosOf(silos, () => ({ size: 1, flippedShare: 0 })) }
}

function silosOf(
  count: number,
  of: (index: number) => { readonly size: number; readonly flippedShare: number },
): DigitsLayout['silos'] {
  return Array.from({ length: count }, (_, index) => ({ name: nameOf(index), ...of(index) }))
}

/** silo-a, silo-b ...; at most 26 of them. */
function nameOf(index: number): SiloName {
  const name = `silo-${String.fromCharCode(FIRST_LETTER + index)}`
  if (!isSiloName(name)) throw new RangeError(`the example has no name for silo ${index + 1}`)
  return name
}
