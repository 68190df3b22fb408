import type { Cid } from '@fednode/protocol'
import { type AuditLog, openAuditLog } from '../../audit/open-audit-log.ts'
import type { Context } from '../../framework/context.ts'

/**
 * Does a job with the audit log of who takes part in an alliance or a task.
 * @param nameOf - what a blob is there.
 * @throws as openAuditLog, and what the job throws.
 */
export async function whileAudited<T>(
  { audit: file, nameOf }: { readonly audit: string; nameOf(cid: Cid): string },
  { logger, now }: Pick<Context, 'logger' | 'now'>,
  job: (audit: AuditLog) => Promise<T>,
): Promise<T> {
  const audit = await openAuditLog(file, { nameOf, now, logger: logger.child({ part: 'audit' }) })
  try {
    return await job(audit)
  } finally {
    await audit.close()
  }
}
