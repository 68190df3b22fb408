import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Installation } from '../../../../src/engines/install/installation.ts'
import { temporaryDirectory } from '../../temporary-directory.ts'

/** An installation into a directory that goes with the running test; it reports to nobody. */
export function installationOf(changes: Partial<Installation> = {}): Installation {
  const directory = temporaryDirectory()
  const [folder, scratch] = [path.join(directory, 'engine'), path.join(directory, 'scratch')]
  mkdirSync(folder)
  mkdirSync(scratch)
  return {
    ...{ folder, scratch, packages: undefined },
    env: { PATH: process.env.PATH },
    signal: new AbortController().signal,
    report: () => {},
    ...changes,
  }
}
