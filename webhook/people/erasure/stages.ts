import { noFigures, type Erasure, type Stretch } from '../../../models/people/erasure.ts'
import type { WriteBackQueue } from '../../write-back/write-back-queue.ts'
import type { AttachmentQueue } from '../../attachments/attachment-queue.ts'
import type { AttachmentStore } from '../../attachments/attachment-store.ts'
import type { BlobStore } from '../../attachments/blob-store.ts'
import type { ErasureCrashHook } from '../../crash-points.ts'
import type { Room } from '../../sync/policies.ts'
import type { SubjectContacts } from '../subject-contacts.ts'
import type { Traces } from '../traces.ts'
import { emptyAccounts, type AccountParts } from './empty-accounts.ts'

export type StageParts = AccountParts & {
  traces: Traces
  people: SubjectContacts
  attachmentStore: AttachmentStore
  attachmentQueue: Pick<AttachmentQueue, 'again'>
  writeBackQueue: Pick<WriteBackQueue, 'again'>
  blobs: BlobStore
  room: Pick<Room, 'removed'>
  crash: ErasureCrashHook
}

/** E-mails, and accounts, that go at once. */
export const STRETCH = 250

/** `find` changes nothing, and says null when there is nothing left; `take` can be repeated. */
type Stage = {
  find: (erasure: Erasure) => Promise<Stretch | null>
  take: (erasure: Erasure, stretch: Stretch) => Promise<void>
}

export type Stages = Record<'emails' | 'ledger' | 'people', Stage> & {
  /** Bytes that nobody needs any more go. The answer is which are still there, as they were in use just before. */
  letGo: (blobIds: string[]) => Promise<string[]>
}

const nothing = { emailIds: [], entryIds: [], blobIds: [] }

/** What an erasure does, in the order in which it does it. */
export const stagesOf = (parts: StageParts): Stages => ({
  emails: emailStage(parts),
  ledger: ledgerStage(parts),
  people: peopleStage(parts),
  letGo: (blobIds) => parts.blobs.letGo(blobIds, (blobId) => parts.attachmentStore.needs(blobId)),
})

/**
 * Accounts first, so that none says of an e-mail that is gone that it is stored; what hangs on an e-mail before the e-mail,
 * which is what it is found by; and then once more whatever a fetch that was under way has left.
 */
function emailStage(parts: StageParts): Stage {
  const { traces, attachmentStore, attachmentQueue, writeBackQueue, room, crash } = parts
  return {
    find: async (erasure) => {
      const found = await traces.emailsOf(erasure, { limit: STRETCH })
      if (found.length === 0) return null
      const emailIds = found.map(({ _id }) => _id)
      const entryIds = found.flatMap((email) => email.entryIds)
      const { blobIds, ...hanging } = await traces.hangingOn(erasure, { emailIds, entryIds })
      const figures = { ...noFigures(), ...hanging, emails: emailIds.length }
      return { emailIds, entryIds, blobIds, figures }
    },
    take: async (erasure, { emailIds, entryIds }) => {
      await emptyAccounts(parts, entryIds)
      crash('erasure-accounts-emptied')
      await attachmentStore.forget(emailIds)
      await traces.removePins(erasure, emailIds)
      await traces.removeNotes(erasure, emailIds)
      const deleted = await traces.deleteEmails(emailIds)
      crash('erasure-emails-deleted')
      await attachmentQueue.again(emailIds)
      await writeBackQueue.again(entryIds)
      await room.removed(erasure.workspaceId, deleted)
    },
  }
}

/** Accounts of messages that were never stored, or whose e-mail is gone. */
function ledgerStage(parts: StageParts): Stage {
  return {
    find: async (erasure) => {
      const entryIds = await parts.traces.accountsNaming(erasure, STRETCH)
      if (entryIds.length === 0) return null
      const figures = { ...noFigures(), ledgerEntries: entryIds.length }
      return { ...nothing, entryIds, figures }
    },
    take: (_erasure, { entryIds }) => emptyAccounts(parts, entryIds),
  }
}

/** Few enough to be found twice: before they are counted, and before they go. */
function peopleStage({ people, crash }: StageParts): Stage {
  return {
    find: async (erasure) => {
      const { gone, changed, mergeIds, suggestionIds, followUpIds } = await people.find(erasure)
      const figures = {
        ...noFigures(),
        ...{ contactsDeleted: gone.length, contactsChanged: changed.length },
        ...{ merges: mergeIds.length, suggestions: suggestionIds.length },
        followUps: followUpIds.length,
      }
      const isAny = Object.values(figures).some((count) => count > 0)
      return isAny ? { ...nothing, figures } : null
    },
    take: async (erasure) => {
      await people.remove(erasure, await people.find(erasure))
      crash('erasure-people-removed')
    },
  }
}
