import { UserError } from '@fednode/protocol'

/** What people call an address. */
export type AddressName = {
  readonly address: string
  readonly name: string
  /** Command that says how much of it somebody owns, where it is a token. */
  readonly shownBy?: string
}

/**
 * Does a job. When it is refused, addresses are called by their names, because nobody knows them by heart.
 * @throws whatever `job` throws; a UserError with its code, hint and exit code.
 */
export async function namingAddresses<T>(
  names: readonly AddressName[],
  job: () => Promise<T>,
): Promise<T> {
  try {
    return await job()
  } catch (error) {
    throw error instanceof UserError ? named(names, error) : error
  }
}

function named(names: readonly AddressName[], error: UserError): UserError {
  const message = names.reduce(
    (text, { address, name }) => text.replaceAll(address, name),
    error.message,
  )
  if (message === error.message) return error
  const { fault, code, hint: given } = error.info
  const hint = code === 'INSUFFICIENT_BALANCE' ? (balanceHint(names, error) ?? given) : given
  const known = hint === undefined ? { code } : { code, hint }
  return new UserError(fault, message, { ...known, cause: error })
}

function balanceHint(names: readonly AddressName[], { message }: UserError): string | undefined {
  const owned = names.find(
    ({ address, shownBy }) => shownBy !== undefined && message.includes(address),
  )
  return owned && `${owned.shownBy}  shows what you hold.`
}
