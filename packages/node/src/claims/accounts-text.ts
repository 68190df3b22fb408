import { countText } from '../framework/number-text.ts'

/** "1 account", "2,000 accounts". */
export function accountsText(count: number): string {
  return `${countText(count)} account${count === 1 ? '' : 's'}`
}
