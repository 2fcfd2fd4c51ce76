import { emailModel } from '../../../models/email.ts'
import { threadMergeModel } from '../../../models/threads/thread-merge.ts'
import { MINUTE } from '../../../webhook/duration.ts'
import { emailIdOf } from '../../../webhook/store/email-store.ts'
import { openThreads } from '../../../webhook/threads/open-threads.ts'
import {
  seeInThreads,
  type SeeingParts,
  type SeenInConversation,
} from '../../../webhook/threads/see-in-threads.ts'
import { ALICE, anEmail, aSighting, NOW, WORKSPACE } from '../../support/builders.ts'
import { openContactDesks } from '../contacts/open-contact-desks.ts'
import { untilTheEnd } from '../provider/graph/graphs.ts'

/** A mail by what threads are made of; `id` is the left half of its Message-ID. */
export type Mail = {
  id: string
  references?: string[]
  inReplyTo?: string | null
  /** The provider's name for it in that mailbox. */
  conversation?: string | null
  mailbox?: string
  owner?: string
  from?: string
  minute?: number
  workspaceId?: string
}

export const messageIdOf = (id: string) => `<${id}@customer.example>`

export function seen(mail: Mail): SeenInConversation {
  const { id, references = [], inReplyTo = null, conversation = null, minute = 0 } = mail
  const { mailbox: mailboxId = 'mailbox-alice', owner: ownerUserId = ALICE } = mail
  const { workspaceId = WORKSPACE, from = 'carol@customer.example' } = mail
  return {
    seen: anEmail({
      ...{ workspaceId, identity: `id:${id}`, internetMessageId: messageIdOf(id), subject: id },
      references: references.map(messageIdOf),
      inReplyTo: inReplyTo === null ? null : messageIdOf(inReplyTo),
      from: { name: '', address: from },
      receivedAt: new Date(NOW.getTime() + minute * MINUTE),
      sighting: aSighting({ key: `${mailboxId}/${id}`, mailboxId, ownerUserId, folderId: null }),
    }),
    conversationId: conversation,
  }
}

export type Office = Awaited<ReturnType<typeof openOffice>>

/** Threads, contacts and mail on an empty database. */
export async function openOffice() {
  const crm = await openContactDesks()
  const { db, matcher, pins, onStored } = crm
  const contacts = { matcher, pins }
  const office = openThreads({ ...crm, contacts })
  const idOf = (id: string, workspaceId = WORKSPACE) => emailIdOf(workspaceId, `id:${id}`)

  /** One page, as a pass stores it. */
  const receive = async (mails: Mail[], parts: SeeingParts = { ...crm, ...office }) => {
    const workspaceId = mails[0]?.workspaceId ?? WORKSPACE
    const mail = mails.map(seen)
    await seeInThreads(parts, workspaceId, mail)
    await onStored(
      workspaceId,
      mail.map((one) => ({ seen: one.seen, isMachineMail: false })),
    )
  }
  /** The thread of each e-mail, by the e-mail's name. */
  const threadIds = async (workspaceId = WORKSPACE) => {
    const all = await emailModel(db)
      .find({ workspaceId })
      .select({ identity: 1, threadId: 1 })
      .lean()
    return new Map(all.map(({ identity, threadId }) => [identity.slice('id:'.length), threadId]))
  }
  return {
    ...{ ...crm, ...office, contacts, idOf, receive, threadIds },
    /** Who is together, each group in the order of the alphabet. */
    conversations: async (workspaceId = WORKSPACE) => {
      const groups = new Map<string | null, string[]>()
      for (const [id, thread] of await threadIds(workspaceId))
        groups.set(thread, [...(groups.get(thread) ?? []), id].toSorted())
      return [...groups.values()].toSorted()
    },
    /** Upkeep comes by after the time it gives those who were there first. */
    upkeep: async () => {
      await crm.clock.advance(MINUTE)
      for (const chore of [...office.threadChores, ...crm.chores]) await chore(untilTheEnd)
    },
    mergesLeft: () => threadMergeModel(db).countDocuments(),
  }
}
