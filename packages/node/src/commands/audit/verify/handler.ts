import { GENESIS } from '../../../audit/audit-entry.ts'
import type { AuditReading } from '../../../audit/read-audit-log.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { bytesText, countText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type AuditOptions, auditInit, readKeptLog } from '../kept-log.ts'
import type { auditVerifyOptions } from './options.ts'

type Options = AuditOptions & { readonly head: string | undefined }

export function init(args: ArgsOf<typeof auditVerifyOptions>, context: Context): Options {
  return { ...auditInit(args, context), head: args.head }
}

export async function run(options: Options): Promise<Outcome> {
  const { head = GENESIS } = options
  let sentBytes = 0
  let knowsHead = head === GENESIS
  const { scenario, file, reading } = await readKeptLog(options, ({ bytes, hash }) => {
    sentBytes += bytes
    knowsHead ||= hash === head
  })
  const finding = findingOf(file, { reading, knowsHead, head })
  const entries = reading.last?.seq ?? 0
  const data = { scenario, file, entries, sentBytes, head: reading.last?.hash ?? GENESIS, finding }
  const lines = [
    finding ?? 'whole: every entry follows from the one before',
    '',
    `file     ${file}`,
    `entries  ${countText(entries)}, ${bytesText(sentBytes)} left this silo`,
    `head     ${data.head}`,
    '',
    'Keep the head elsewhere:  fednode audit verify --head HASH  then also shows a log that was cut at its end.',
  ]
  return { data, text: lines.join('\n'), ...(finding === null ? {} : { fault: 'data' }) }
}

function findingOf(
  file: string,
  found: {
    readonly reading: AuditReading
    readonly knowsHead: boolean
    readonly head: string
  },
): string | null {
  const { brokenAt } = found.reading
  if (brokenAt !== undefined)
    return `broken: ${file}, line ${brokenAt} is not what was written there`
  if (!found.knowsHead) return `cut: ${file} does not have the entry ${found.head} any more`
  return null
}
