import { SIGN_OF_LIFE_MS } from './limits.ts'
import type { StreamIo } from './stream-io.ts'

/**
 * Sends an empty frame every SIGN_OF_LIFE_MS: while a side has nothing to say yet, this tells it from one that is gone.
 * @returns ends it.
 */
export function sayStillHere(io: StreamIo): () => void {
  const signs = setInterval(() => {
    // A broken stream is noticed by whoever reads it.
    io.writeFrame(new Uint8Array(0)).catch(() => {})
  }, SIGN_OF_LIFE_MS)
  return () => clearInterval(signs)
}
