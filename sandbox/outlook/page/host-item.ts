import type { FullItem } from '../outlook-mail.ts'
import { people, type Open, type Scene } from './answers/asked.ts'
import { idFor } from './answers/compose.ts'
import type { HostItem } from './messages.ts'

/** What office.js is told of what is open: null too where Outlook tells nothing. `key` names this opening. */
export function hostItem(open: Open | null, key: string, scene: Scene): HostItem | null {
  if (!open) return null
  const isShared = scene.shared !== null
  if (isShared && scene.faults.sharedRights === 'hidden') return null
  const about = { key, isShared }
  if (open.kind === 'message') return { ...readItem(open.mail, scene), ...about }
  if (open.kind === 'draft')
    return { form: 'message-compose', conversationId: open.draft.conversationId, ...about }
  return open.side === 'organizer'
    ? { form: 'appointment-compose', conversationId: '', ...about }
    : { ...open.meeting, itemId: idFor(open.id, scene), ...about }
}

function readItem(mail: FullItem, scene: Scene) {
  const [from = null] = mail.from ? people([mail.from], scene) : []
  return {
    form: 'message-read' as const,
    itemId: idFor(mail.id, scene),
    internetMessageId: scene.faults.messageId === 'missing' ? null : mail.internetMessageId,
    conversationId: mail.conversationId ?? '',
    subject: mail.subject,
    from,
    to: people(mail.to, scene),
    cc: people(mail.cc, scene),
    receivedAt: mail.receivedAt,
    categories: mail.categories ?? null,
    attachments: mail.attachments ?? [],
  }
}
