/** Divides a list among workers beforehand: the largest first, each to whoever has least so far. */

/** One share a worker; none is empty where there are as many items. */
export const fairShares = <Item>(list: readonly Item[], sizes: readonly number[], workers: number): Item[][] => {
  const shares = Array.from({ length: workers }, () => ({ items: [] as Item[], size: 0 }))
  const largestFirst = Array.from(list, (item, index) => ({ item, size: sizes[index] ?? 0 })).sort(
    (a, b) => b.size - a.size,
  )
  for (const { item, size } of largestFirst) {
    const least = shares.reduce((best, share) => (share.size < best.size ? share : best))
    least.items.push(item)
    least.size += size
  }
  return shares.map(({ items }) => items)
}
