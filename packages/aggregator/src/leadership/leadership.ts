import type { FedError } from '@fednode/protocol'

/** The right to speak and act for a federation: at most one process has it, each in a term of its own. */
export type Leadership = {
  /**
   * Takes the lead.
   * @param request - `floor`: highest term that is known to have been spoken. `onLost`: called once when another one leads.
   * @returns the term of everything that is said and done from now on, above `floor`.
   * @throws {FedError} LEASE_HELD (refused) while another one leads.
   */
  take(request: {
    readonly floor: number
    readonly onLost: (error: FedError) => void
  }): Promise<number>
  /** Whether this process may speak and act now; may be false for a while and true again, as long as nobody else took over. */
  isHeld(): boolean
  /**
   * Makes sure of it before a step that cannot be taken back.
   * @throws {FedError} LEASE_LOST when another one leads, LEASE_UNSURE while that cannot be said.
   */
  confirm(): Promise<void>
  /** Steps down, so that another may lead at once. Idempotent; never rejects. */
  release(): Promise<void>
}
