/**
 * Watches that no folder's cursor ever goes back. Cursors cannot be read, so each is known by when Graph gave it out: a
 * stored cursor must not be older than the one it replaces. No cursor at all is a new beginning, not a step back.
 * Told of no cursor that a crash of the store may still undo: nobody was promised it.
 */
export class CursorHistory {
  readonly faults: string[] = []
  private readonly givenOut = new Map<string, number>()
  private readonly current = new Map<string, number>()
  private count = 0

  /** Graph gave this link out, just now. */
  gave(link: string): void {
    this.givenOut.set(link, ++this.count)
  }

  /** The folder's stored cursor is this one now, for good. */
  stored(folderId: string, cursor: string | null): void {
    if (cursor === null) return void this.current.delete(folderId)
    const order = this.givenOut.get(cursor)
    if (order === undefined)
      return void this.faults.push(`wrong: the cursor of ${folderId} was never given out by Graph`)
    const before = this.current.get(folderId) ?? 0
    if (order < before)
      this.faults.push(`back: the cursor of ${folderId} went from link ${before} to ${order}`)
    this.current.set(folderId, order)
  }
}
