/** E-mails of a page that are in one thread. */
export type Group = {
  /** By their positions. */
  mails: number[]
  /** The thread they go into: the least that is known, or else the least new key. */
  thread: string
  /** Further known threads that are the same one, now that these e-mails say so. */
  others: string[]
  /** Keys that nobody has seen yet. */
  newKeys: string[]
}

/** Puts e-mails together that share a key, or have keys of the same thread. `threadOf`: of the keys that are known. */
export function groupsOf(
  mails: readonly (readonly string[])[],
  threadOf: ReadonlyMap<string, string>,
): Group[] {
  const names = mails.map((keys) => [...new Set(keys.map((key) => threadOf.get(key) ?? key))])
  const threads = new Set(threadOf.values())
  return together(names).map((positions) => {
    const all = [...new Set(positions.flatMap((mail) => names[mail] ?? []))].sort()
    const known = all.filter((name) => threads.has(name))
    const newKeys = all.filter((name) => !threads.has(name))
    const [thread = '', ...others] = known.length > 0 ? known : newKeys.slice(0, 1)
    return { mails: positions, thread, others, newKeys }
  })
}

/** Positions by what they share, also by way of others. */
function together(names: readonly (readonly string[])[]): number[][] {
  const above = new Map<string, string>()
  const topOf = (name: string): string => {
    const next = above.get(name)
    return next === undefined ? name : topOf(next)
  }
  for (const [first = '', ...more] of names)
    for (const name of more) {
      const [from, to] = [topOf(name), topOf(first)]
      if (from !== to) above.set(from, to)
    }
  const groups = new Map<string, number[]>()
  for (const [position, [first = '']] of names.entries()) {
    const top = topOf(first)
    groups.set(top, [...(groups.get(top) ?? []), position])
  }
  return [...groups.values()]
}
