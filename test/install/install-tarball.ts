import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { packCli } from '../../scripts/pack-cli/pack-cli.ts'

/** What `npm install -g` left. */
export type Installed = {
  readonly tarball: string
  /** The file that the command's link leads to. */
  readonly bin: string
}

/** Packs the repository and installs the tarball below `directory`, outside of any workspace and without install scripts (T47). */
export function installTarball(paths: {
  readonly root: string
  readonly directory: string
}): Installed {
  const { root, directory } = paths
  const staging = path.join(directory, 'staging')
  mkdirSync(staging)
  const tarball = packCli({ root, staging, destination: directory })
  const prefix = path.join(directory, 'prefix')
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error']
  execFileSync('npm', ['install', '-g', '--prefix', prefix, ...flags, tarball], {
    cwd: directory,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return { tarball: path.basename(tarball), bin: path.join(prefix, 'bin', 'fednode') }
}
