import {
  type BlobRef,
  type Cid,
  isCid,
  isPeerId,
  isSiloName,
  type PeerIdText,
  type SiloName,
} from '@fednode/protocol'
import { z } from 'zod'

/** Columns of branded text: checked again when read, because a file on disk is not trusted. */
export const cidColumn = z.custom<Cid>(isCid)
export const siloColumn = z.custom<SiloName>(isSiloName)
export const peerColumn = z.custom<PeerIdText>(isPeerId)

export const blobRefColumn = z.strictObject({ cid: cidColumn, size: z.int().nonnegative() })

export function blobRefOf(cid: Cid, size: number): BlobRef {
  return { cid, size }
}
