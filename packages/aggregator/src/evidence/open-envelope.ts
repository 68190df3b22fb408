import { type Message, openSignedMessage, type PeerIdText } from '@fednode/protocol'
import type { Evidence } from './evidence.ts'

/** Opens a signed message of the bundle's round; undefined when it is of another one or its signature does not hold. */
export function openEnvelope(
  bytes: Uint8Array,
  { chainId, scenario, round }: Pick<Evidence, 'chainId' | 'scenario' | 'round'>,
): { readonly message: Message; readonly sender: PeerIdText } | undefined {
  const opened = openSignedMessage(bytes)
  if (!opened.ok) return undefined
  const { message } = opened.signed
  const isHere =
    message.chainId === chainId && message.scenario === scenario && message.round === round
  return isHere ? opened.signed : undefined
}
