import { readFileSync } from 'node:fs'

/** What systemd would run: the commands in order, and their environment (systemd.exec(5): EnvironmentFile= overrides Environment=). */
export type Unit = {
  readonly before: readonly string[]
  readonly start: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/**
 * Reads a service unit of ours as systemd does, with other places: `places` maps texts of the unit (%d, directories, the command) to those
 * of a test.
 * @param environmentFile - what the administrator wrote into it.
 */
export function readUnit(
  file: string,
  options: {
    readonly places: Readonly<Record<string, string>>
    readonly environmentFile: Readonly<Record<string, string>>
  },
): Unit {
  const { places, environmentFile } = options
  let text = readFileSync(file, 'utf8')
  for (const [from, to] of Object.entries(places)) text = text.replaceAll(from, to)
  const settings = (key: string): readonly string[] =>
    text
      .split('\n')
      .flatMap((line) => (line.startsWith(`${key}=`) ? [line.slice(key.length + 1)] : []))
  const own = settings('Environment').flatMap((line) => line.split(' '))
  const env = {
    ...Object.fromEntries(own.map((word) => word.split(/=(.*)/s).slice(0, 2))),
    ...environmentFile,
  }
  const wordsOf = (key: string): readonly string[] =>
    (settings(key)[0] ?? '')
      .split(' ')
      .map((word) => word.replace(/^\$\{(\w+)\}$/, (_, name) => env[name] ?? ''))
  return { before: wordsOf('ExecStartPre'), start: wordsOf('ExecStart'), env }
}
