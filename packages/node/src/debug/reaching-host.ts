import type { Host, Message } from '@fednode/protocol'
import type { FaultStep, Reach } from './fault-step.ts'
import { reachingAfter } from './reaching-after.ts'

/** What a host's deeds are called in the process that it belongs to. */
export type HostSteps = {
  readonly fetched: FaultStep
  readonly announced: Partial<Record<Message['type'], FaultStep>>
}

/** A host that tells of the blobs that it fetched and of the messages that it announced. */
export function reachingHost(host: Host, { fetched, announced }: HostSteps, reach: Reach): Host {
  const steps = {
    fetchBlob: () => fetched,
    publish: ({ type }: Message) => announced[type],
  }
  return reachingAfter(host, steps, reach)
}
