import { z } from 'zod'
import { encodeCanonical } from '../codec/canonical.ts'
import type { AddressText } from '../ids.ts'
import { PROTOCOL_VERSION } from '../limits.ts'
import { decodeHeader } from './decode-header.ts'
import { MAX_HEADER_BYTES } from './limits.ts'
import type { StreamIo } from './stream-io.ts'
import type { RefusalReason } from './transport-error.ts'

/** What two hosts must agree on before they talk (T15). */
export type HelloScope = { readonly chainId: number; readonly scenario: AddressText }

const helloSchema = z.object({
  version: z.number().int(),
  chainId: z.number().int(),
  scenario: z.string(),
})

/** The dialer's side: says hello, reads the other's. @returns why the two do not fit, or undefined. */
export async function sayHello(
  io: StreamIo,
  scope: HelloScope,
): Promise<RefusalReason | undefined> {
  await io.writeFrame(encodeHello(scope))
  const answer = await io.readFrame(MAX_HEADER_BYTES)
  await io.close()
  if (answer === undefined) return 'it closed the connection: this peer id is not a member there'
  return compare(answer, scope)
}

/** The other side: always says who it is, so that the dialer can name the difference. */
export async function answerHello(
  io: StreamIo,
  scope: HelloScope,
): Promise<RefusalReason | undefined> {
  const hello = await io.readFrame(MAX_HEADER_BYTES)
  await io.writeFrame(encodeHello(scope))
  await io.close()
  // Its end of the stream tells that the answer has been read: whoever hangs up before may destroy it on its way.
  await io.readFrame(0)
  return hello === undefined ? undefined : compare(hello, scope)
}

function encodeHello({ chainId, scenario }: HelloScope): Uint8Array {
  return encodeCanonical({ version: PROTOCOL_VERSION, chainId, scenario: scenario.toLowerCase() })
}

// Unknown keys are allowed here only: a later version may say more and must still be told apart by its number.
function compare(bytes: Uint8Array, scope: HelloScope): RefusalReason | undefined {
  const hello = helloSchema.safeParse(decodeHeader(bytes, MAX_HEADER_BYTES)).data
  if (hello?.version !== PROTOCOL_VERSION) return 'it speaks another version of the protocol'
  const isSame = hello.chainId === scope.chainId && hello.scenario === scope.scenario.toLowerCase()
  return isSame ? undefined : 'it takes part in another Scenario or chain'
}
