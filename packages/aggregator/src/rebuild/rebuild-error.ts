import { type BlobRef, type Round, UserError } from '@fednode/protocol'
import type { PieceKind } from './rebuild-source.ts'

/** A piece that nobody gave. */
export type MissingPiece = {
  readonly round: Round
  readonly kind: PieceKind
  readonly ref: BlobRef
}

/** Some pieces are nowhere among those who were asked. */
export function incomplete(missing: readonly MissingPiece[]): UserError {
  const names = missing.map(
    ({ round, kind, ref }) => `${nameOf(kind)} of round ${round} (${ref.cid})`,
  )
  return new UserError('network', `nobody who is connected gives the ${names.join(', the ')}`, {
    code: 'REBUILD_INCOMPLETE',
    hint: `Wait for, or restore: ${[...new Set(missing.map(({ kind }) => holderOf(kind)))].join('; ')}. Then start it again.`,
  })
}

/** What peers told contradicts itself, the chain or this directory. */
export function contradiction(round: Round, what: string): UserError {
  return new UserError('refused', `round ${round} cannot be rebuilt: ${what}`, {
    code: 'REBUILD_CONTRADICTION',
    hint: 'Nothing was written of this round. Keep the directory, and compare the evidence with  fednode contrib verify.',
  })
}

function nameOf(kind: PieceKind): string {
  return typeof kind === 'string' ? kind : `update of ${kind.updateOf}`
}

function holderOf(kind: PieceKind): string {
  if (kind === 'evidence') return 'a silo that took part (it keeps the evidence of every round)'
  if (kind === 'model') return 'a silo that trained the round after (it keeps its model)'
  if (kind === 'state')
    return 'a standby or a verifier of the manifest (silos keep no server state)'
  return `the silo ${kind.updateOf} (it keeps its own updates)`
}
