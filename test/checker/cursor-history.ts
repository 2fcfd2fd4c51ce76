type Seen = { order: number; looks: number; before: number }

/**
 * Watches that no folder's cursor ever goes back. Cursors cannot be read, so each is known by when Graph gave it out: a
 * stored cursor must not be older than the one it replaces. No cursor at all is a new beginning, not a step back.
 */
export class CursorHistory {
  readonly faults: string[] = []
  private readonly givenOut = new Map<string, number>()
  private readonly current = new Map<string, Seen>()
  private count = 0

  /** Graph gave this link out, just now. */
  gave(link: string): void {
    this.givenOut.set(link, ++this.count)
  }

  /** The folder's stored cursor is this one now. */
  stored(folderId: string, cursor: string | null): void {
    if (cursor === null) return void this.current.delete(folderId)
    const order = this.givenOut.get(cursor)
    if (order === undefined)
      return void this.faults.push(`wrong: the cursor of ${folderId} was never given out by Graph`)
    const seen = this.current.get(folderId) ?? { order: 0, looks: 0, before: 0 }
    if (order === seen.order) return void seen.looks++
    if (order < seen.order)
      this.faults.push(`back: the cursor of ${folderId} went from link ${seen.order} to ${order}`)
    this.current.set(folderId, { order, looks: 1, before: seen.order })
  }

  /**
   * The store was killed. A read may show a write that is not on its disk yet, and that nobody was promised: what one look
   * alone has seen may be gone, and the cursor before it come back.
   */
  storeDied(): void {
    for (const [folderId, { looks, before }] of this.current)
      if (looks === 1) this.current.set(folderId, { order: before, looks: 0, before })
  }
}
