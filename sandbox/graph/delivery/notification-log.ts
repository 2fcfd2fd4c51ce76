import type { ChangeNotification } from '@microsoft/microsoft-graph-types'

/** One POST to an endpoint, with what came of it. */
export type LoggedPost = {
  at: Date
  url: string
  /** 1 for the first. */
  attempt: number
  items: readonly ChangeNotification[]
  /** Status of the reply, or why there was none. */
  outcome: number | 'timed-out' | 'failed'
  tookMs: number
}

export type Loss = { at: Date; item: ChangeNotification; why: string }

/** What was sent and what was lost on the way: the truth about notifications. */
export class NotificationLog {
  posts: LoggedPost[] = []
  losses: Loss[] = []

  constructor(private readonly keep = 20_000) {}

  posted(post: LoggedPost): void {
    this.posts.push(post)
    if (this.posts.length > this.keep * 1.1) this.posts = this.posts.slice(-this.keep)
  }

  lost(loss: Loss): void {
    this.losses.push(loss)
    if (this.losses.length > this.keep * 1.1) this.losses = this.losses.slice(-this.keep)
  }

  /** The items of every POST that was acknowledged, oldest first. */
  delivered(): ChangeNotification[] {
    return this.posts.filter(isAcknowledged).flatMap(({ items }) => items)
  }

  clear(): void {
    this.posts = []
    this.losses = []
  }
}

/** Any 2xx is an acknowledgement (graph-contract 2.2). */
export const isAcknowledged = ({ outcome }: Pick<LoggedPost, 'outcome'>): boolean =>
  typeof outcome === 'number' && outcome >= 200 && outcome < 300
