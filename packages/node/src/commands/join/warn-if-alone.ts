import { cleanText } from '../../framework/clean-line.ts'
import type { Context } from '../../framework/context.ts'
import type { JoinOptions } from './handler.ts'

/** The others of an alliance or a task are no aggregator whose address the chain has. */
const ROLES: readonly string[] = ['alliance', 'arena-node', 'arena-validator']

/** Says what a member of an alliance or task can do that knows nobody: wait to be dialled. */
export function warnIfAlone(
  {
    role,
    federation,
    bootstrap = [],
    mdns,
    listen,
  }: Pick<JoinOptions, 'role' | 'federation' | 'bootstrap' | 'mdns' | 'listen'>,
  { stderr }: Pick<Context, 'stderr'>,
): void {
  const isTask = role === 'validator' && federation.includes(':')
  if ((!ROLES.includes(role) && !isTask) || bootstrap.length > 0 || mdns) return
  const text = [
    'Beware: neither --bootstrap nor --mdns is given, so this node knows no other member. Models come',
    `  only from members that dial it at ${listen.join(', ')}; without them its duties are missed.`,
    '  Give  --bootstrap ADDRESS  of one member (its "Listening" line), or on one local network  --mdns',
  ].join('\n')
  stderr.write(`${cleanText(text)}\n\n`)
}
