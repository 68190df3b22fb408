import path from 'node:path'
import { fetchPackage } from './fetch-package.ts'
import type { Installation } from './installation.ts'
import { UPSTREAM } from './upstream-package.ts'

/** Dawn's package has a build for every system; only this one's is kept (26 of 132 MB). */
function membersOfDawn(): readonly string[] {
  const architecture = process.platform === 'darwin' ? 'universal' : process.arch
  const build = `package/dist/${process.platform}-${architecture}`
  return ['package/index.js', 'package/package.json', 'package/LICENSE.md', build]
}

/**
 * Puts Dawn and TensorFlow.js's back end on it into the folder.
 * @returns what is to be kept in installed.json.
 * @throws {UserError} as fetchPackage.
 */
export async function installWebgpu(
  installation: Installation,
): Promise<{ readonly version: string; readonly library: string }> {
  const { folder } = installation
  const { dawn, webgpuBackend } = UPSTREAM
  await fetchPackage(
    dawn,
    { to: path.join(folder, 'webgpu'), members: membersOfDawn() },
    installation,
  )
  const members = ['package/dist/tf-backend-webgpu.node.js', 'package/package.json']
  await fetchPackage(webgpuBackend, { to: path.join(folder, 'backend'), members }, installation)
  return { version: webgpuBackend.version, library: `Dawn (webgpu ${dawn.version})` }
}
