import { namingAddresses } from '../../chain/naming-addresses.ts'
import { listedTokens, type Market } from './market.ts'

/**
 * Does a job of a market. When it is refused, tokens are called by their names.
 * @throws whatever `job` throws; a UserError with its code, hint and exit code.
 */
export function namingTokens<T>(market: Market, job: () => Promise<T>): Promise<T> {
  const { currency } = market.state.params
  const listed = listedTokens(market).map(({ token, name }) => ({ address: token, name }))
  return namingAddresses([{ address: currency, name: 'CUR' }, ...listed], job)
}
