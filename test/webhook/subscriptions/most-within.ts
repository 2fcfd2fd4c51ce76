/** How many of these moments fall into one span, at most. */
export function mostWithin(moments: number[], ms: number): number {
  const sorted = moments.toSorted((one, other) => one - other)
  let first = 0
  return sorted.reduce((most, at, last) => {
    while (sorted[first]! < at - ms) first++
    return Math.max(most, last - first + 1)
  }, 0)
}
