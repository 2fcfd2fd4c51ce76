import { describe, expect, it } from '@jest/globals'
import { aMail, aMultipart, filePart, textPart } from '../support/mail.ts'
import { INBOX } from '../support/rounds.ts'
import { ADA, startWorld } from '../support/world.ts'

describe('large mail and many mails', () => {
  it('opens mail given as a function only when somebody reads it, and once for as long as it is at hand', async () => {
    const world = startWorld()
    let opened = 0
    const big = filePart('film.mp4', Buffer.alloc(30_000_000).toString('latin1'))
    const mime = () => {
      opened++
      return aMultipart([textPart('see'), big])
    }
    const { defaultId } = await world.mailboxes.deliver(ADA, { mime })
    await world.get('/me/mailFolders/inbox')
    world.mailboxes.patch(ADA, defaultId, { isRead: true })
    expect(opened).toBe(0)
    const list = await world.get(`/me/messages/${defaultId}/attachments?$select=name,size`)
    expect(list.body.value).toMatchObject([{ name: 'film.mp4', size: 30_000_000 }])
    const { id } = list.body.value[0]!
    const readBefore = opened
    await world.get(`/me/messages/${defaultId}/attachments/${id}/$value`)
    expect(opened).toBe(readBefore)
  })

  it('reads for a page of delta or of a list what is on the page, however full the folder is', async () => {
    const world = startWorld()
    const opened = new Set<number>()
    const mails = Array.from({ length: 20_000 }, (_, index) => ({
      mime: () => {
        opened.add(index)
        return aMail({ id: `${index}@x`, subject: `Mail ${index}` })
      },
    }))
    await world.mailboxes.deliverMany(ADA, mails)
    const page = await world.get(INBOX)
    expect(page.body.value).toHaveLength(10)
    await world.get(page.body['@odata.nextLink']!)
    await world.get(`${INBOX}?$filter=receivedDateTime ge 2020-01-01T00:00:00Z`)
    const list = await world.get('/me/mailFolders/inbox/messages')
    expect(list.body.value[0]).toMatchObject({ subject: 'Mail 19999' })
    expect(opened.size).toBe(30)
  })
})
