import { UserError } from '@fednode/protocol'

/** What people call an address. */
export type AddressName = { readonly address: string; readonly name: string }

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
  const { fault, code, hint } = error.info
  const known = hint === undefined ? { code } : { code, hint }
  return new UserError(fault, message, { ...known, cause: error })
}
