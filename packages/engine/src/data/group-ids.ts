/** Numbers for the groups that rows belong to. */
export type GroupIds = {
  /** The number of one group, by the texts of its columns: 0 for the first, 1 for the next one. */
  idOf(texts: readonly string[]): number
  count(): number
}

/** No groups yet. */
export function createGroupIds(): GroupIds {
  const ids = new Map<string, number>()
  return {
    idOf(texts) {
      const key = texts.length === 1 ? (texts[0] as string) : JSON.stringify(texts)
      const known = ids.get(key)
      if (known !== undefined) return known
      ids.set(key, ids.size)
      return ids.size - 1
    },
    count: () => ids.size,
  }
}
