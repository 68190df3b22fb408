import { type ChainReader, connectChain } from '@fednode/contracts'
import { type Finding, fail, pass, warn } from './finding.ts'

/** Rounds tolerate so much difference between clocks (T14), in s. */
const TOLERATED_SECONDS = 30
/** A chain of blocks that comes later than this is idle, or our clock is ahead, in s. */
const OLD_SECONDS = 900

/** Whether the endpoint answers, and as which chain; and our clock against its newest block. */
export async function checkChain(
  chain: { readonly rpcUrl: string; readonly chainId?: number },
  now: number,
): Promise<{ readonly findings: readonly Finding[]; readonly reader: ChainReader }> {
  const reader = await connectChain(chain)
  const { number, timestamp } = await reader.public.getBlock({ blockTag: 'latest' })
  const answered = pass('chain', `chain ${reader.chainId} at block ${number}`)
  return { reader, findings: [answered, checkClock(Number(timestamp), now)] }
}

/** @param head - time of the newest block, Unix s. @param now - Unix ms. */
export function checkClock(head: number, now: number): Finding {
  const ahead = head - now / 1_000
  const text = `${Math.abs(ahead).toFixed(1)} s ${ahead > 0 ? 'behind' : 'after'} the chain's newest block; rounds tolerate ${TOLERATED_SECONDS} s`
  const fix = 'Set the clock of this machine by NTP (timedatectl set-ntp true).'
  if (ahead > TOLERATED_SECONDS) return fail('clock', text, { fix, fault: 'usage' })
  if (ahead < -OLD_SECONDS) {
    return warn('clock', `${text}: the chain is idle, or this clock is ahead`, fix)
  }
  return pass('clock', text)
}
