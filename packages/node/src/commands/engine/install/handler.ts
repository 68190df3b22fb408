import path from 'node:path'
import { UserError } from '@fednode/protocol'
import { describeEngine } from '../../../engines/describe-engine.ts'
import { type InstallOptions, installEngine } from '../../../engines/install/install-engine.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import type { engineInstallArguments, engineInstallOptions } from './options.ts'

type Args = ArgsOf<typeof engineInstallArguments> & ArgsOf<typeof engineInstallOptions>

/** @throws {UserError} usage BAD_OPTION. */
export function init(args: Args, { cwd }: Context): InstallOptions {
  const { engine, wheel, libtensorflow, packages, webgpuAdapter } = args
  if (engine === 'webgpu' && (wheel ?? libtensorflow) !== undefined)
    throw badOption('--wheel and --libtensorflow are for tfjs-node: webgpu has no TensorFlow')
  if (wheel !== undefined && libtensorflow !== undefined)
    throw badOption('--wheel and --libtensorflow both name the library')
  const absolute = (file: string | undefined): string | undefined =>
    file === undefined ? undefined : path.resolve(cwd, file)
  return {
    engine,
    webgpuAdapter,
    wheel: absolute(wheel),
    libtensorflow: absolute(libtensorflow),
    packages: absolute(packages),
  }
}

export async function run(options: InstallOptions, context: Context): Promise<Outcome> {
  const { finding, folder } = await installEngine(options, context, (line) => {
    context.stderr.write(`${line}\n`)
  })
  const engine = describeEngine(finding)
  return {
    data: { engine, folder },
    text: [
      `${engine.name} is installed: ${engine.device ?? engine.library}, ${engine.samplesPerSecond} samples/s`,
      `  in  ${folder}`,
      'fednode engine list  compares it with the others; --engine auto takes the fastest.',
    ].join('\n'),
  }
}

function badOption(message: string): UserError {
  return new UserError('usage', message, { code: 'BAD_OPTION', hint: 'Leave one out.' })
}
