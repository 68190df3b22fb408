/** Values of one slice: 256 KiB of f32 per vector, so that sums stay in the second-level cache and a read costs little per value. */
export const SLICE_VALUES = 65_536
