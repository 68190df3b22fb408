import path from 'node:path'
import { NATIVE_FILES } from '@fednode/engine'
import type { Installation } from './installation.ts'
import { runTool, type Tool } from './run-tool.ts'
import type { TensorflowLibrary } from './tensorflow-library.ts'

/** Node-API of Node 18 and later (https://nodejs.org/api/n-api.html). */
const NODE_API = 8
const SOURCES = ['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc']
/** Libraries are found beside the binding, wherever the folder is moved; Node itself brings its API when the binding is loaded. */
const LINKER: Readonly<Record<string, readonly string[]>> = {
  linux: ['-Wl,-rpath,$ORIGIN/lib'],
  darwin: ['-Wl,-rpath,@loader_path/lib', '-undefined', 'dynamic_lookup'],
}

/** Looks for the compiler, before anything large is fetched for it. @throws {UserError} data TOOL_MISSING. */
export async function requireCompiler(installation: Installation): Promise<void> {
  await runTool({ ...compilerOf(installation), args: ['--version'] }, installation)
}

/**
 * Compiles upstream's Node-API binding against TensorFlow's library. Upstream's own binaries end at an old TensorFlow and are for no
 * current Node.
 * @param parts - `headers` is the unpacked node-api-headers.
 * @throws {UserError} data TOOL_MISSING, TOOL_FAILED.
 */
export async function buildBinding(
  parts: { readonly library: TensorflowLibrary; readonly headers: string },
  installation: Installation,
): Promise<void> {
  const { library, headers } = parts
  const { folder, report } = installation
  report('building the binding (half a minute)')
  await runTool(
    {
      ...compilerOf(installation),
      args: [
        ...['-std=c++17', '-O2', '-fPIC', '-shared', `-DNAPI_VERSION=${NODE_API}`],
        ...['-I', path.join(headers, 'include'), '-I', library.include],
        ...['-o', path.join(folder, NATIVE_FILES.binding)],
        ...SOURCES.map((source) => path.join(folder, 'package', source)),
        ...library.libraries,
        ...(LINKER[process.platform] ?? []),
      ],
    },
    installation,
  )
}

function compilerOf({ env }: Installation): Omit<Tool, 'args'> {
  return {
    command: env.CXX ?? 'c++',
    purpose: 'build the binding between Node and TensorFlow',
    whenMissing:
      'Install a C++ compiler (Debian, Ubuntu: apt-get install g++; macOS: xcode-select --install), or name one in CXX.',
    whenFailing: {
      fault: 'data',
      hint: "Compiler or headers are too old for each other: try TensorFlow 2.21's wheel, or a newer compiler in CXX.",
    },
  }
}
