import type { MarksChange, ProviderMarks } from '../../provider.ts'
import type { GraphClient } from '../requests/graph-client.ts'
import { MessageMarks } from '../schemas.ts'
import { unlessMissing } from './folder-tree.ts'

type Named = { root: string; messageId: string }

const pathOf = ({ root, messageId }: Named) => `${root}/messages/${encodeURIComponent(messageId)}`

/** How a message looks in its mailbox now, and of which version that is. */
export async function marks(
  graph: GraphClient,
  named: Named,
  signal: AbortSignal,
): Promise<ProviderMarks | null> {
  const path = `${pathOf(named)}?$select=id,isRead,categories`
  return graph.json(path, MessageMarks, { operation: 'marks', signal }).then(
    ({ '@odata.etag': version, isRead, categories }) => ({
      ...{ version, isRead: isRead ?? false, categories: categories ?? [] },
    }),
    unlessMissing,
  )
}

/**
 * Writes to a message. Categories are replaced whole, so that only the version that was looked at is written to: else what
 * its people put on meanwhile would be lost (graph-contract 4.3).
 */
export async function mark(
  graph: GraphClient,
  { change, ...named }: Named & { change: MarksChange },
  signal: AbortSignal,
): Promise<void> {
  const { version, ...body } = change
  const headers = { 'If-Match': version }
  await graph.send(pathOf(named), { operation: 'mark', method: 'patch', headers, body, signal })
}
