import { once } from 'node:events'
import { connect } from 'node:net'
import { performance } from 'node:perf_hooks'
import { TransportError } from '@fednode/protocol'
import { type Finding, fail, pass } from './finding.ts'
import { socketOf } from './socket-of.ts'

const TIMEOUT_MS = 5_000

/** Whether a TCP connection to a peer's address (or to the relay before it) opens from here. */
export async function checkReach(check: string, address: string): Promise<Finding> {
  const { host, port } = socketOf(address)
  const start = performance.now()
  const socket = connect({ host, port })
  const noAnswer = new TransportError('no answer', { code: 'STALLED', seconds: TIMEOUT_MS / 1_000 })
  const timer = setTimeout(() => socket.destroy(noAnswer), TIMEOUT_MS)
  try {
    await once(socket, 'connect')
    return pass(check, `${address} answers in ${(performance.now() - start).toFixed(0)} ms`)
  } catch (error) {
    const isRefused = error instanceof Error && error !== noAnswer && 'code' in error
    const why = isRefused ? String(error.code) : 'no answer'
    const detail = `${address} is not reached: TCP ${port} (${why})`
    return fail(check, detail, { fix: fixOf(address, port), fault: 'network' })
  } finally {
    clearTimeout(timer)
    socket.destroy()
  }
}

function fixOf(address: string, port: number): string {
  if (/\/(tls\/ws|wss)/.test(address)) {
    return `Open outbound TCP ${port}, or ask the federator whether it runs.`
  }
  return `Open outbound TCP ${port}, or ask the federator for an address with /tls/ws (port 443) or for a relay (--relay).`
}
