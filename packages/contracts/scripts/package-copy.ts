import { cpSync, mkdtempSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './forge.ts'

const COPIED = ['solidity', 'scripts', 'foundry.toml', 'gas-snapshots', 'package.json']

/** Copies what forge needs of this package into a new temporary folder, nothing compiled; returns the folder. */
export function copyPackage(): string {
  const copy = mkdtempSync(join(tmpdir(), 'fednode-contracts-'))
  for (const name of COPIED) cpSync(join(ROOT, name), join(copy, name), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  return copy
}
