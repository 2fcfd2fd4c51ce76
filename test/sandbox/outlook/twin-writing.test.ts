import { describe, expect, it } from '@jest/globals'
import type { SavedDraft } from '../../../sandbox/outlook/outlook-mail.ts'
import { twinMail } from '../../../sandbox/outlook/twin/twin-mail.ts'
import { aMail, aMultipart, filePart, textPart } from '../graph/support/mail.ts'
import { ADA, startWorld } from '../graph/support/world.ts'

const [ada, bob] = ['ada@flow.test', 'bob@flow.test']
const person = (address: string) => ({ name: '', address })

function aDraft(over: Partial<SavedDraft> = {}): SavedDraft {
  return {
    ...{ to: [person(bob)], cc: [], bcc: [], subject: 'Quote', bodyHtml: '<p>Here it is.</p>' },
    ...{ headers: {}, start: { kind: 'new' } },
    ...over,
  }
}

function inOutlook() {
  const { mailboxes, changes } = startWorld()
  const mail = twinMail(mailboxes)
  const { write } = mail
  if (!write) throw new Error('The twin’s mailboxes can be written to.')
  /** Writes, saves and sends; tells the copies of both sides. */
  const send = async (draft: SavedDraft) => {
    const saved = await write.save(ada, null, draft)
    expect(await write.send(ada, saved?.id ?? '')).toBe(true)
    const copyOf = async (address: string) => {
      const [newest] = await mail.messages(address)
      return newest && (await mail.message(address, newest.id))
    }
    return { mine: await copyOf(ada), theirs: await copyOf(bob) }
  }
  return { mailboxes, changes, mail, write, send }
}

describe('a mail written in Outlook', () => {
  it('goes by Drafts and the Outbox to Sent Items and its recipient, under one Message-ID', async () => {
    const { mailboxes, changes, send } = inOutlook()
    const { mine, theirs } = await send(aDraft())
    expect(theirs).toMatchObject({ subject: 'Quote', from: { address: ada }, isDraft: false })
    expect(theirs?.internetMessageId).toBe(mine?.internetMessageId)
    const folders = changes.map(({ userId, folderId }) => mailboxes.findFolder(userId, folderId))
    expect(new Set(folders.map((folder) => folder?.displayName))).toEqual(
      new Set(['Drafts', 'Outbox', 'Sent Items', 'Inbox']),
    )
  })

  it('carries the header lines of an add-in, and shows its blind copies to nobody', async () => {
    const { send } = inOutlook()
    const line = { name: 'x-flowcrm-choice', value: '1' }
    const headers = { [line.name]: line.value }
    const { mine, theirs } = await send(aDraft({ headers, bcc: [person('crm@flow.test')] }))
    expect(mine?.bcc?.map(({ address }) => address)).toEqual(['crm@flow.test'])
    expect([mine?.headers, theirs?.headers]).toEqual([
      expect.arrayContaining([line]),
      expect.arrayContaining([line]),
    ])
    expect(JSON.stringify(theirs)).not.toContain('crm@flow.test')
  })

  it('is one draft however often it is saved, and none once it was sent', async () => {
    const { mail, write } = inOutlook()
    const saved = await write.save(ada, null, aDraft())
    const again = await write.save(ada, saved?.id ?? '', aDraft({ subject: 'Better' }))
    expect(again).toEqual(saved)
    expect(await mail.message(ada, saved?.id ?? '')).toMatchObject({
      subject: 'Better',
      isDraft: true,
    })
    await write.send(ada, saved?.id ?? '')
    expect(await write.send(ada, saved?.id ?? '')).toBe(false)
    expect(await write.save(ada, saved?.id ?? '', aDraft())).toBeNull()
  })

  it('answers a message within its conversation', async () => {
    const { mailboxes, mail, write, send } = inOutlook()
    const mime = aMail({ subject: 'Coffee', from: `Bob <${bob}>` })
    const { defaultId } = await mailboxes.deliver(ADA, { mime })
    const begun = await write.begin(ada, { kind: 'reply', to: defaultId })
    expect(begun).toMatchObject({ subject: 'RE: Coffee', to: [{ address: bob }] })
    const { mine } = await send({ ...aDraft(), ...begun, start: { kind: 'reply', to: defaultId } })
    const original = await mail.message(ada, defaultId)
    expect(mine?.conversationId).toBe(original?.conversationId)
    expect(await write.begin(ada, { kind: 'reply', to: 'gone' })).toBeNull()
  })
})

describe('a message in the twin', () => {
  it('has its files, and their bytes', async () => {
    const { mailboxes, mail } = inOutlook()
    const mime = aMultipart([textPart('See below.'), filePart('quote.txt', 'Ten')])
    const { defaultId } = await mailboxes.deliver(ADA, { mime })
    const [file] = (await mail.message(ada, defaultId))?.attachments ?? []
    expect(file).toMatchObject({ name: 'quote.txt', kind: 'file', isInline: false, size: 3 })
    const bytes = await mail.attachment?.(ada, defaultId, file?.id ?? '')
    expect(Buffer.from(bytes ?? []).toString()).toBe('Ten')
    expect(await mail.attachment?.(ada, defaultId, 'none')).toBeNull()
  })

  it('has another id once it was archived', async () => {
    const { mailboxes, mail } = inOutlook()
    const { defaultId } = await mailboxes.deliver(ADA, { mime: aMail() })
    const moved = await mail.archive?.(ada, defaultId)
    expect(moved).not.toBe(defaultId)
    expect(await mail.message(ada, defaultId)).toBeNull()
    expect(await mail.message(ada, moved ?? '')).toMatchObject({ id: moved })
  })
})
