import { MongoClient } from 'mongodb'
import type { Dispatcher } from '../../sandbox/graph/http/dispatcher.ts'
import type { CursorHistory } from '../checker/cursor-history.ts'
import { pause } from './victim.ts'

const EVERY_MS = 150
/** A plain read may show a write that the store loses when it is killed, and that nobody was promised. */
const LASTING = { readConcern: 'majority' } as const
const QUICK = { serverSelectionTimeoutMS: 2_000 }

type Parts = {
  dispatcher: Dispatcher
  mongodbUrl: string
  cursors: CursorHistory
  signal: AbortSignal
}

/** Notes which links Graph gives out, and looks again and again at which of them is each folder's cursor. */
export function watchCursors({ dispatcher, mongodbUrl, cursors, signal }: Parts): void {
  const handle = dispatcher.handle.bind(dispatcher)
  dispatcher.handle = async (incoming) => {
    const reply = await handle(incoming)
    const links = (reply.body ?? {}) as Record<string, unknown>
    for (const name of ['@odata.nextLink', '@odata.deltaLink'])
      if (typeof links[name] === 'string') cursors.gave(links[name])
    return reply
  }
  const look = async (client: MongoClient) => {
    const folders = client.db().collection<{ _id: string; cursor: string | null }>('folders')
    const found = folders.find({}, { projection: { cursor: 1 }, ...LASTING })
    for await (const { _id, cursor } of found) cursors.stored(_id, cursor)
  }
  /** Until the store is killed. A driver once did not find its server again after that, so each begins anew. */
  const lookOn = async () => {
    await using client = await MongoClient.connect(mongodbUrl, QUICK)
    while (!signal.aborted) {
      await look(client)
      await pause(EVERY_MS)
    }
  }
  const goOn = async () => {
    while (!signal.aborted) {
      await lookOn().catch(() => undefined)
      await pause(EVERY_MS)
    }
  }
  void goOn()
}
