import path from 'node:path'
import { NATIVE_FILES, type NativeBackend } from '@fednode/engine'
import { UserError } from '@fednode/protocol'
import { buildBinding, requireCompiler } from './build-binding.ts'
import { fetchPackage } from './fetch-package.ts'
import { fetchWheel } from './fetch-wheel.ts'
import type { Installation } from './installation.ts'
import { runTool } from './run-tool.ts'
import { libraryFromFolder, libraryFromWheel } from './tensorflow-library.ts'
import { UPSTREAM } from './upstream-package.ts'

/** Where TensorFlow's library comes from; neither: pip fetches it. */
export type LibrarySource = {
  readonly wheel?: string | undefined
  readonly libtensorflow?: string | undefined
}

/** Upstream's JavaScript and what the binding is built from. */
const MEMBERS = ['package/dist', 'package/binding', 'package/package.json']
const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'darwin-x64']
/** Loads the binding alone; its second argument is the file. */
const ASK_VERSION = 'process.stdout.write(require(process.argv[1]).TF_Version)'

/**
 * Puts a back end on TensorFlow's C library into the folder: upstream's package, the library, and the binding, which is built.
 * @returns what is to be kept in installed.json.
 * @throws {UserError} as fetchPackage, fetchWheel, libraryFromWheel, buildBinding; data NO_PLATFORM.
 */
export async function installNative(
  backend: NativeBackend,
  source: LibrarySource,
  installation: Installation,
): Promise<{ readonly version: string; readonly library: string }> {
  const platform = `${process.platform}-${process.arch}`
  const hasGpu = backend === 'tfjs-node-gpu'
  requirePlatform(platform, hasGpu)
  await requireCompiler(installation)
  const upstream = UPSTREAM[backend]
  const { folder, scratch } = installation
  const headers = path.join(scratch, 'headers')
  await fetchPackage(upstream, { to: path.join(folder, 'package'), members: MEMBERS }, installation)
  await fetchPackage(UPSTREAM.headers, { to: headers }, installation)
  const library =
    source.libtensorflow === undefined
      ? await libraryFromWheel(
          source.wheel ?? (await fetchWheel({ hasGpu, platform }, installation)),
          installation,
        )
      : await libraryFromFolder(source.libtensorflow, installation)
  await buildBinding({ library, headers }, installation)
  const version = await askVersion(installation)
  return { version: upstream.version, library: `TensorFlow ${version}` }
}

function requirePlatform(platform: string, hasGpu: boolean): void {
  const wanted = hasGpu ? PLATFORMS.filter((one) => one.startsWith('linux')) : PLATFORMS
  if (wanted.includes(platform)) return
  throw new UserError('data', `there is no TensorFlow for ${platform} that could be installed`, {
    code: 'NO_PLATFORM',
    hint: 'fednode engine install webgpu  uses the graphics card here.',
  })
}

async function askVersion(installation: Installation): Promise<string> {
  const said = await runTool(
    {
      command: process.execPath,
      args: ['-e', ASK_VERSION, path.join(installation.folder, NATIVE_FILES.binding)],
      purpose: 'load the binding that was built',
      whenMissing: 'Install Node.',
      whenFailing: {
        fault: 'data',
        hint: 'The library is of another system or processor: give one that fits with  --wheel FILE  or  --libtensorflow DIR.',
      },
    },
    installation,
  )
  return said.trim()
}
