import { FedError } from '@fednode/protocol'

/** Somebody pressed Ctrl-C where the terminal makes no signal of it. */
export class Interruption extends FedError<{ readonly code: 'INTERRUPTED' }> {
  override name = 'Interruption'

  constructor() {
    super('stopped before it was done', { code: 'INTERRUPTED' })
  }
}
