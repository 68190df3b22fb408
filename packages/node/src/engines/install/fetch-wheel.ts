import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { UserError } from '@fednode/protocol'
import type { Installation } from './installation.ts'
import { runTool } from './run-tool.ts'

/** The release that fednode was tested with. */
const TENSORFLOW = '2.21.0'
/** Wheels differ by Python, what is taken out of them does not; this one is there for every platform. */
const PYTHON = '3.11'

/**
 * Fetches TensorFlow's wheel with pip, which checks its digest.
 * @returns the file, absolute.
 * @throws {UserError} network NO_NETWORK, TOOL_FAILED; data TOOL_MISSING.
 */
export async function fetchWheel(
  { hasGpu, platform }: { readonly hasGpu: boolean; readonly platform: string },
  installation: Installation,
): Promise<string> {
  const { scratch, report } = installation
  // Only Linux on x64 has a build without CUDA of its own; elsewhere the plain one has none.
  const name = platform === 'linux-x64' && !hasGpu ? 'tensorflow-cpu' : 'tensorflow'
  report(`fetching ${name} ${TENSORFLOW} (some hundred megabytes)`)
  await runTool(
    {
      command: 'python3',
      args: [
        ...['-m', 'pip', 'download', `${name}==${TENSORFLOW}`, '--no-deps', '--dest', scratch],
        ...['--only-binary=:all:', '--python-version', PYTHON],
        ...['--disable-pip-version-check', '--progress-bar', 'off'],
      ],
      purpose: `fetch ${name} ${TENSORFLOW}`,
      whenMissing:
        "Install Python's pip, or give TensorFlow's library with  --wheel FILE  or  --libtensorflow DIR.",
      whenFailing: {
        fault: 'network',
        hint: "On a sealed network: give TensorFlow's library with  --wheel FILE  or  --libtensorflow DIR.",
      },
    },
    installation,
  )
  const wheel = (await readdir(scratch)).find((file) => file.endsWith('.whl'))
  if (wheel !== undefined) return path.join(scratch, wheel)
  throw new UserError('data', `pip brought no wheel of ${name} ${TENSORFLOW}`, {
    code: 'NO_TENSORFLOW',
    hint: "Give TensorFlow's library with  --wheel FILE  or  --libtensorflow DIR.",
  })
}
