import { UserError } from '@fednode/protocol'
import { listedTokens, type Market } from './market.ts'

/**
 * Does a job of a market. When it is refused, tokens are called by their names and not by their addresses, which nobody knows by heart.
 * @throws whatever `job` throws; a UserError with its code, hint and exit code.
 */
export async function namingTokens<T>(market: Market, job: () => Promise<T>): Promise<T> {
  try {
    return await job()
  } catch (error) {
    throw error instanceof UserError ? named(market, error) : error
  }
}

function named(market: Market, error: UserError): UserError {
  const { currency } = market.state.params
  const tokens = [{ token: currency, name: 'CUR' }, ...listedTokens(market)]
  const message = tokens.reduce(
    (text, { token, name }) => text.replaceAll(token, name),
    error.message,
  )
  if (message === error.message) return error
  const { fault, code, hint } = error.info
  const known = hint === undefined ? { code } : { code, hint }
  return new UserError(fault, message, { ...known, cause: error })
}
