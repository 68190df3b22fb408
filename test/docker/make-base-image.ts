import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import type { Engine } from './find-engine.ts'

const SUITE = 'bookworm'
const CERTIFICATES = 'etc/ssl/certs/ca-certificates.crt'

/**
 * Brings an image with Debian, Node and npm under `tag`: the one that is there; else one of debootstrap, this Node and this npm, as where
 * no image can be pulled; else the real one. The machine's certificates come along: npm may have to pass a proxy.
 */
export function makeBaseImage(
  tag: string,
  { directory, engine }: { readonly directory: string; readonly engine: Engine },
): void {
  if (spawnSync('docker', ['image', 'inspect', tag], { env: engine.env }).status === 0) return
  if (spawnSync('which', ['debootstrap']).status !== 0) {
    engine.run('docker', ['pull', tag])
    return
  }
  const system = path.join(directory, 'system')
  engine.run('debootstrap', ['--variant=minbase', SUITE, system])
  const local = path.join(system, 'usr', 'local')
  cpSync(process.execPath, path.join(local, 'bin', 'node'), { dereference: true })
  cpSync(npmPackage(), path.join(local, 'lib', 'node_modules', 'npm'), {
    recursive: true,
    dereference: true,
  })
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', path.join(local, 'bin', 'npm'))
  engine.run('chroot', [system, 'useradd', '--uid', '1000', '--create-home', 'node'])
  importSystem(system, tag, engine)
}

/** The folder of the npm that runs here; `npm root -g` would be asked of the Node that pnpm puts first, which has none. */
function npmPackage(): string {
  const program = execFileSync('which', ['npm'], { encoding: 'utf8' }).trim()
  return path.join(path.dirname(realpathSync(program)), '..')
}

function importSystem(system: string, tag: string, engine: Engine): void {
  const hasCertificates = existsSync(`/${CERTIFICATES}`)
  if (hasCertificates) {
    mkdirSync(path.dirname(path.join(system, CERTIFICATES)), { recursive: true })
    cpSync(`/${CERTIFICATES}`, path.join(system, CERTIFICATES), { dereference: true })
  }
  const archive = `${system}.tar`
  const left = ['var/cache/apt', 'var/lib/apt', 'usr/share/doc', 'usr/share/locale']
  const excludes = left.map((folder) => `--exclude=./${folder}/*`)
  engine.run('tar', ['-C', system, ...excludes, '-cf', archive, '.'])
  const env = hasCertificates ? ['--change', `ENV NODE_EXTRA_CA_CERTS=/${CERTIFICATES}`] : []
  engine.run('docker', ['import', ...env, archive, tag])
}
