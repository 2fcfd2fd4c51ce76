import type { Message } from '@microsoft/microsoft-graph-types'
import {
  messageJson,
  pick,
  type MessageLook,
  type WireMessage,
} from '../mail/message/message-json.ts'
import { encodeId, etagOf } from '../store/ids.ts'
import type { Mailbox } from '../store/mailbox.ts'
import type { Mailboxes } from '../store/mailboxes.ts'
import { messageOf } from '../store/message-view.ts'
import type { DeltaRecord } from './walk.ts'

const MESSAGE = '#microsoft.graph.message'

export type RemovedRecord = { '@odata.type': string; id: string; '@removed': { reason: 'deleted' } }

/** A line of a page on the wire (graph-contract 3.2). The reason is `deleted` for a deletion and for a move alike. */
export async function recordJson(
  mailboxes: Pick<Mailboxes, 'reader'>,
  mailbox: Mailbox,
  record: DeltaRecord,
  look: MessageLook,
): Promise<WireMessage | RemovedRecord> {
  switch (record.kind) {
    case 'removed': {
      const id = encodeId({ kind: look.idType, tag: mailbox.tag, serial: record.gone[look.idType] })
      return { '@odata.type': MESSAGE, id, '@removed': { reason: 'deleted' } }
    }
    case 'sparse': {
      const whole = messageOf(mailbox, record.item, look.idType, new Set(record.changed))
      return {
        '@odata.type': MESSAGE,
        '@odata.etag': etagOf(whole.changeKey ?? ''),
        ...sparse(whole, record.changed, look),
      }
    }
    case 'full':
      return {
        '@odata.type': MESSAGE,
        ...(await messageJson(mailboxes, mailbox, record.item, look)),
      }
  }
}

/** "At least" the changed properties, even with a long `$select` (graph-contract 3.2, 9 #23). */
function sparse(whole: Message, changed: readonly string[], { select }: MessageLook): Message {
  const shown = ['isRead', 'parentFolderId', ...changed].filter(
    (name) => !select || (select as ReadonlySet<string>).has(name),
  )
  return pick(whole, new Set(['id', ...shown]))
}
