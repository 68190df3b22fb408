import { once } from 'node:events'
import { createServer } from 'node:net'
import { type Finding, fail, pass } from './finding.ts'
import { socketOf } from './socket-of.ts'

/** Whether this address can be listened on now. */
export async function checkListen(address: string): Promise<Finding> {
  const { host, port } = socketOf(address)
  const server = createServer()
  try {
    server.listen({ host, port })
    await once(server, 'listening')
    return pass('listen', `${address} is free`)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    const fix =
      'Choose another port with --listen, or stop what uses it; a running peer of this directory does.'
    return fail('listen', `${address} cannot be listened on (${code})`, { fix, fault: 'usage' })
  } finally {
    server.close()
  }
}
