/** What this process worked on it, in milliseconds of processor time, which others on the machine do not change. */
export async function workOf<T>(task: () => T | Promise<T>): Promise<[done: T, workMs: number]> {
  const before = process.cpuUsage()
  const done = await task()
  const { user, system } = process.cpuUsage(before)
  return [done, (user + system) / 1_000]
}
