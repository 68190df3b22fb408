/** What the parent tells a process of the group. */
export type Order =
  | {
      readonly type: 'start'
      readonly indices: readonly number[]
      readonly peers: number
      readonly aggregator: readonly string[]
      readonly tcpPort: number
    }
  | { readonly type: 'count' }
  | { readonly type: 'publish'; readonly round: number }

/** What a process of the group tells its parent; times are those of preciseNow(). */
export type Report =
  | { readonly type: 'ready' }
  | { readonly type: 'links'; readonly least: number }
  | { readonly type: 'sent' | 'heard'; readonly round: number; readonly at: number }
