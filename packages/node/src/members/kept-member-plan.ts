import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { cidOfObject, decodeManifest } from '@fednode/protocol'
import { memberScope } from './member-scope.ts'
import type { MemberPlan } from './read-member-plan.ts'

/** The manifest in the directory of a federation that has no chain to read it from: canonical bytes. */
const FILE = 'manifest.dag-cbor'
const PRIVATE_FILE = 0o600

/** Keeps the manifest with what is kept of its federation, for commands that look back; whole or not at all (T44). */
export function keepMemberPlan(directory: string, { bytes }: Pick<MemberPlan, 'bytes'>): void {
  const file = path.join(directory, FILE)
  const temporary = `${file}.new`
  writeFileSync(temporary, bytes, { mode: PRIVATE_FILE, flush: true })
  renameSync(temporary, file)
}

/**
 * The manifest of the federation without a chain that `directory` is of; undefined for one that has a chain.
 * @throws {ManifestError} when the file is none.
 */
export function readKeptMemberPlan(directory: string): MemberPlan | undefined {
  const source = path.join(directory, FILE)
  if (!existsSync(source)) return undefined
  const bytes = Uint8Array.from(readFileSync(source))
  const [manifest, cid] = [decodeManifest(bytes), cidOfObject(bytes)]
  const isOfDirectory = memberScope(cid).scenario === path.basename(directory)
  return manifest.chain === 'none' && isOfDirectory ? { manifest, cid, bytes, source } : undefined
}
