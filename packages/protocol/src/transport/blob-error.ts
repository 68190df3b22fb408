import { FedError } from '../errors.ts'

export type BlobErrorInfo =
  /** The store does not have it. */
  | { code: 'BLOB_NOT_FOUND'; cid: string }
  /** The stored bytes are not those of the id; the file was put aside. */
  | { code: 'BLOB_CORRUPT'; cid: string; path?: string }
  /** Longer than allowed. */
  | { code: 'BLOB_TOO_LARGE'; size: number; limit: number }
  /** A size that is no byte count, or an id that is not a blob's. */
  | { code: 'BLOB_BAD_REFERENCE'; detail: string }
  /** A descriptor that does not parse, or not to the announced size (T8). */
  | { code: 'BLOB_BAD_DESCRIPTOR'; detail: string }
  /** A chunk whose hash is not the descriptor's (T9). */
  | { code: 'BLOB_BAD_CHUNK'; index: number }
  /** The provider answered, but not with the blob. */
  | {
      code: 'BLOB_DECLINED'
      answer: 'NOT_FOUND' | 'REFUSED' | 'WRONG_SIZE' | 'BAD_REQUEST'
    }
  /** No provider delivered it; `reasons` has the last code of each, by peer id. */
  | { code: 'BLOB_UNAVAILABLE'; cid: string; reasons: Readonly<Record<string, string>> }
  /** The disk has less room than the blob needs; both in bytes. */
  | { code: 'BLOB_DISK_FULL'; cid: string; needed: number; free: number }
  /** Our own store failed (an unreadable disk, for example); the cause says how. */
  | { code: 'BLOB_STORE_FAILED'; cid: string }
  /** The caller's signal, or the end of the host. */
  | { code: 'BLOB_ABORTED'; cid: string }

/** What can go wrong with a blob, stored or in transfer. */
export class BlobError extends FedError<BlobErrorInfo> {
  override name = 'BlobError'
}
