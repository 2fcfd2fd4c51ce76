import type { MongoClient } from 'mongodb'
import type { Dispatcher } from '../../sandbox/graph/http/dispatcher.ts'
import type { CursorHistory } from '../checker/cursor-history.ts'
import { pause } from './victim.ts'

const EVERY_MS = 150

type Parts = {
  dispatcher: Dispatcher
  client: MongoClient
  cursors: CursorHistory
  signal: AbortSignal
}

/** Notes which links Graph gives out, and looks again and again at which of them is each folder's cursor. */
export function watchCursors({ dispatcher, client, cursors, signal }: Parts): void {
  const handle = dispatcher.handle.bind(dispatcher)
  dispatcher.handle = async (incoming) => {
    const reply = await handle(incoming)
    const links = (reply.body ?? {}) as Record<string, unknown>
    for (const name of ['@odata.nextLink', '@odata.deltaLink'])
      if (typeof links[name] === 'string') cursors.gave(links[name])
    return reply
  }
  const look = async () => {
    const folders = client.db().collection<{ _id: string; cursor: string | null }>('folders')
    for await (const { _id, cursor } of folders.find({}, { projection: { cursor: 1 } }))
      cursors.stored(_id, cursor)
  }
  const goOn = async () => {
    while (!signal.aborted) {
      await look().catch(() => undefined) // the store is being killed just now
      await pause(EVERY_MS)
    }
  }
  void goOn()
}
