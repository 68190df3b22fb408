import type { BlobRef, SiloName } from '@fednode/protocol'

/** What a blob is to a federation, which says who may have it. */
export type PieceKind = 'evidence' | 'model' | 'state' | { readonly updateOf: SiloName }

/** Where a rebuild gets what it lacks. */
export type RebuildSource = {
  /**
   * Brings a blob into the store, checked against its id.
   * @returns false when nobody who is there gives it.
   */
  fetch(ref: BlobRef, kind: PieceKind): Promise<boolean>
}
