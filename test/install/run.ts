/** `pnpm test:install`: packs the command line, installs it into an empty prefix and runs a federation from there. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { installTarball } from './install-tarball.ts'
import { playFederation } from './play-federation.ts'
import { playUnits } from './play-units.ts'

const root = path.join(import.meta.dirname, '..', '..')
const directory = mkdtempSync(path.join(tmpdir(), 'fednode-install-'))
const say = (line: string): unknown => process.stdout.write(`${line}\n`)
try {
  const installed = installTarball({ root, directory })
  say(`${installed.tarball} installed on Node ${process.versions.node}`)
  const { rounds, silos, accuracy } = await playFederation(installed, directory)
  say(`${silos} silos trained ${rounds} rounds from there, accuracy ${accuracy}`)
  await playUnits(installed, directory)
  say('an aggregator and two silos ran by the lines of their systemd units')
  say('2 passed, 0 failed')
} finally {
  rmSync(directory, { recursive: true, force: true })
}
