/** A file by the key of its name. */
type Named = { nameKey: string; size: number }

/**
 * Which of the files that the mailbox lists are those that a person left out in Outlook. Of several with one name, each word
 * is about the one whose size is nearest, for Outlook and the mailbox need not count alike. Pure: the answer is positions.
 */
export function leftOutAmong(
  listed: readonly Named[],
  leftOut: readonly Named[],
): ReadonlySet<number> {
  const found = new Set<number>()
  for (const { nameKey, size } of leftOut) {
    const [nearest] = listed
      .map((one, at) => ({ at, nameKey: one.nameKey, off: Math.abs(one.size - size) }))
      .filter((one) => one.nameKey === nameKey && !found.has(one.at))
      .sort((one, other) => one.off - other.off)
    if (nearest) found.add(nearest.at)
  }
  return found
}
