import { randomBytes } from 'node:crypto'

const SALT_BYTES = 32

/** 32 random bytes that nobody can guess: what hides a vote until it is revealed. */
export function drawSalt(): Uint8Array {
  return randomBytes(SALT_BYTES)
}
