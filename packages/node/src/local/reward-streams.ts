import type { SiloName } from '@fednode/protocol'
import type { RoundReward, StreamPoint } from './up-result.ts'

/** When a round's rewards began to stream. */
export type StreamStart = { readonly round: number; readonly time: bigint }

type Stream = { readonly from: bigint; readonly to: bigint; readonly total: bigint }

/**
 * What each token had earned at every moment at which some rate changed: between two of them all streams are straight lines. A new
 * stream takes over what the one before it had left (StreamLedger.sol), and so starts a new window with the sum.
 * @param streams - `starts` in chain order, `window` in seconds.
 * @returns points by time, in Unix seconds; `earned` in the order of `silos`, in wei, rounded down.
 */
export function rewardStreams(
  silos: readonly SiloName[],
  streams: {
    readonly starts: readonly StreamStart[]
    readonly rewards: readonly RoundReward[]
    readonly window: bigint
  },
): readonly StreamPoint[] {
  const moments = momentsOf(streams.starts, streams.window)
  const earned = silos.map((silo) => earnedBy(silo, { ...streams, moments }))
  return moments.map((time, index) => ({
    time,
    earned: earned.map((amounts) => amounts[index] ?? 0n),
  }))
}

/** Starts, and those ends that no later start came before. */
function momentsOf(starts: readonly StreamStart[], window: bigint): readonly bigint[] {
  const times = starts.flatMap(({ time }, index) => {
    const next = starts[index + 1]?.time
    const end = time + window
    return next === undefined || next > end ? [time, end] : [time]
  })
  return [...new Set(times)]
}

function earnedBy(
  silo: SiloName,
  {
    starts,
    rewards,
    window,
    moments,
  }: {
    readonly starts: readonly StreamStart[]
    readonly rewards: readonly RoundReward[]
    readonly window: bigint
    readonly moments: readonly bigint[]
  },
): readonly bigint[] {
  let done = 0n
  let stream: Stream = { from: 0n, to: 1n, total: 0n }
  return moments.map((time) => {
    const flowed = flowedUntil(stream, time)
    const amount = done + flowed
    for (const { round } of starts.filter((start) => start.time === time)) {
      const gained = rewards.filter((reward) => reward.round === round && reward.silo === silo)
      const left = stream.total - flowedUntil(stream, time)
      done += flowedUntil(stream, time)
      stream = {
        from: time,
        to: time + window,
        total: left + gained.reduce((sum, reward) => sum + reward.amount, 0n),
      }
    }
    return amount
  })
}

function flowedUntil({ from, to, total }: Stream, time: bigint): bigint {
  if (time >= to) return total
  return time <= from ? 0n : (total * (time - from)) / (to - from)
}
