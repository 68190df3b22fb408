import { type Cid, codecOfCid, digestOfCid } from '../ids.ts'

/**
 * File of a blob in a store's directory. A raw CID may have the digest of a blob by chance of its author; it must neither find nor
 * condemn that file.
 */
export function blobFileName(cid: Cid): string {
  const extension = codecOfCid(cid) === 'dag-cbor' ? 'blob' : 'none'
  return `${digestOfCid(cid).slice(2)}.${extension}`
}
