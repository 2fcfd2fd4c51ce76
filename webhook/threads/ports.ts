/** Matches the mail of threads anew, around a change. */
export type Matching = {
  around(
    affected: { workspaceId: string; threadIds: string[] },
    change: () => Promise<void>,
  ): Promise<void>
}

/** What people said about whom a thread belongs to. */
export type PinsOnThreads = {
  /** What was said of a thread is said of another from now on. */
  follow(move: { workspaceId: string; from: string; to: string }): Promise<void>
  areOn(workspaceId: string, threadId: string): Promise<boolean>
}
