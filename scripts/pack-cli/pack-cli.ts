import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { compileSource } from './compile-source.ts'
import { tarballManifest } from './tarball-manifest.ts'

/** What lies in the tarball, in the order of the imports. */
const PACKAGES = ['protocol', 'contracts', 'engine', 'aggregator', 'node']
/** Copied as they are. */
const EXTRAS = ['LICENSE', 'README.md', 'docs', 'deploy', 'packages/node/examples']

/**
 * Builds the tarball of the command line: the five packages as JavaScript in the folders that they have in the repository, so that
 * whatever is found relative to a file is found there as well; other packages as ordinary dependencies in the versions of the catalog.
 * @param paths - the repository, an empty directory to build in, and where the tarball goes.
 * @returns the tarball's path.
 */
export function packCli(paths: {
  readonly root: string
  readonly staging: string
  readonly destination: string
}): string {
  const { root, staging, destination } = paths
  for (const name of PACKAGES) compilePackage(root, staging, name)
  for (const extra of EXTRAS) {
    cpSync(path.join(root, extra), path.join(staging, extra), { recursive: true })
  }
  chmodSync(path.join(staging, 'packages/node/src/bin.js'), 0o755)
  const manifest = tarballManifest(root, PACKAGES)
  writeFileSync(path.join(staging, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', destination]
  execFileSync('npm', args, { cwd: staging, stdio: ['ignore', 'ignore', 'inherit'] })
  return path.join(destination, `fednode-${manifest.version}.tgz`)
}

function compilePackage(root: string, staging: string, name: string): void {
  const from = path.join(root, 'packages', name)
  const to = path.join(staging, 'packages', name)
  for (const entry of readdirSync(path.join(from, 'src'), {
    recursive: true,
    withFileTypes: true,
  })) {
    // Notes are for people who develop.
    if (!entry.isFile() || entry.name.endsWith('.md')) continue
    const file = path.relative(from, path.join(entry.parentPath, entry.name))
    const target = path.join(to, file.replace(/\.ts$/, '.js'))
    mkdirSync(path.dirname(target), { recursive: true })
    if (!file.endsWith('.ts')) {
      cpSync(path.join(from, file), target)
      continue
    }
    const source = readFileSync(path.join(from, file), 'utf8')
    writeFileSync(target, compileSource(source, { file: path.posix.join('packages', name, file) }))
  }
  const { version } = JSON.parse(readFileSync(path.join(from, 'package.json'), 'utf8'))
  writeFileSync(path.join(to, 'package.json'), `${JSON.stringify({ type: 'module', version })}\n`)
}
