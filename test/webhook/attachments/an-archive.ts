import { Readable } from 'node:stream'
import { attachmentModel } from '../../../models/attachments/attachment.ts'
import { blobChunkModel, blobDoubtModel, blobFileModel } from '../../../models/attachments/blob.ts'
import type { StoredAttachment } from '../../../sandbox/graph/store/mime/content.ts'
import { attachmentChores } from '../../../webhook/attachments/chores.ts'
import { fetchAttachments } from '../../../webhook/attachments/fetch-attachments.ts'
import type { FetchContext } from '../../../webhook/attachments/fetch-context.ts'
import { ALICE, aMime, untilTheEnd } from '../provider/graph/graphs.ts'
import { aConnectedMailbox } from '../sync/a-mailbox.ts'

export type Blob = { workspaceId: string; blobId: string | null }
export type Archive = Awaited<ReturnType<typeof anArchive>>

export const aFile = (over: Partial<StoredAttachment> = {}): StoredAttachment => ({
  ...{ kind: 'file', name: 'offer.pdf', contentType: 'application/pdf', isInline: false },
  ...{ bytes: Buffer.from('%PDF-1.7 the offer'), modifiedAt: 0 },
  ...over,
})

/** A file of that many bytes which nobody holds: the same ones for the same seed. */
export const aLargeFile = (megabytes: number, seed = 1): StoredAttachment => {
  const piece = Buffer.alloc(64 * 1_024, seed)
  const pieces = megabytes * 16
  const open = () =>
    Readable.from(
      (function* () {
        for (let n = 0; n < pieces; n++) {
          const next = Buffer.from(piece)
          next.writeUInt32LE(n)
          yield next
        }
      })(),
    )
  const streamed = { size: pieces * piece.length, open }
  return aFile({ name: `large-${seed}.bin`, bytes: Buffer.alloc(0), streamed })
}

/** Alice's Inbox, watched, and a worker for attachments that does what is due when it is told to. */
export async function anArchive() {
  const box = await aConnectedMailbox()
  const inbox = await box.watch('inbox')
  const failures: string[] = []
  const settings = { limitBytes: 50 * 1_024 * 1_024 }
  const context: FetchContext = {
    ...box,
    attachmentLimit: async () => settings.limitBytes,
    random: () => 1,
    onAttachmentsFailed: ({ errorCode }) => failures.push(errorCode),
    onAttachmentSettled: () => undefined,
  }
  /** A mail with these, and its e-mail's id once it is synced. */
  const receive = async (subject: string, files: StoredAttachment[], body?: string) => {
    const ref = await box.graph.mailboxes.deliver(ALICE, { mime: aMime(subject, body) })
    for (const file of files) await box.graph.mailboxes.attach(ALICE, ref.immutableId, file)
    return ref
  }
  /** Everything that is due now; the answer is how many tries that took. */
  const fetchDue = async (over: Partial<FetchContext> = {}): Promise<number> => {
    let tries = 0
    for (let next = await box.attachmentQueue.claim(); next; tries++) {
      await fetchAttachments({ ...context, ...over }, next, untilTheEnd)
      next = await box.attachmentQueue.claim()
    }
    return tries
  }
  /** What is known of the attachments of the e-mail with this subject. */
  const attachmentsOf = async (subject: string) => {
    const { workspaceId, ownerUserId: userId } = box.mailbox
    const emails = await box.emails.page({ workspaceId, userId }, { limit: 500, before: null })
    const email = emails.find((one) => one.subject === subject)
    if (!email) throw new Error(`no e-mail ${subject}`)
    const found = await box.attachmentStore.of(workspaceId, email._id)
    return found.map((one) => ({ ...one, email }))
  }
  const contentOf = async ({ workspaceId, blobId }: Blob) =>
    bytesOf(await box.blobs.open(workspaceId, blobId ?? ''))
  const chores = attachmentChores(context)
  return {
    ...box,
    ...{ inbox, failures, settings, context, receive, fetchDue, attachmentsOf, contentOf },
    sync: () => box.ringAndWork(inbox),
    upkeep: async () => {
      for (const chore of chores) await chore(untilTheEnd)
    },
    records: () => attachmentModel(box.db).find().sort({ emailId: 1, position: 1 }).lean(),
    blobFiles: () => blobFileModel(box.db).find().lean(),
    chunks: () => blobChunkModel(box.db).countDocuments(),
    doubts: () => blobDoubtModel(box.db).countDocuments(),
    /** Requests whose path holds this. */
    asked: (part: string) => box.twin.seen.filter(({ path }) => path.includes(part)).length,
  }
}

export async function bytesOf(stream: AsyncIterable<Uint8Array> | null): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of stream ?? []) pieces.push(piece)
  return Buffer.concat(pieces)
}
