import { describe, expect, it } from '@jest/globals'
import { aMail } from '../support/mail.ts'
import { fill } from '../support/rounds.ts'
import { ADA, BOB, startWorld } from '../support/world.ts'

const STAMP = 'String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Stamp'
const expanded = (id: string) =>
  `$expand=${encodeURIComponent(`singleValueExtendedProperties($filter=id eq '${id}')`)}`
const CONFLICT = { status: 412, body: { error: { code: 'ErrorIrresolvableConflict' } } }

describe('writing to messages (graph-contract 4.3, 4.4)', () => {
  it('changes marks of any message, under a new change key', async () => {
    const world = startWorld()
    const [mail] = await fill(world, 1)
    const changes = {
      isRead: true,
      categories: ['Red'],
      flag: { flagStatus: 'flagged' },
      importance: 'low',
      inferenceClassification: 'other',
    }
    const reply = await world.patch(`/me/messages/${mail!.defaultId}`, changes)
    expect(reply).toMatchObject({ status: 200, body: { id: mail!.defaultId, ...changes } })
    expect(reply.body['@odata.etag']).toBe(`W/"${reply.body.changeKey}"`)
    expect(reply.body['@odata.etag']).not.toBe(mail!.etag)
  })

  it('changes subject, body and people of drafts alone', async () => {
    const world = startWorld()
    const [mail] = await fill(world, 1)
    const changes = { subject: 'New', body: { contentType: 'HTML', content: '<p>New</p>' } }
    expect(await world.patch(`/me/messages/${mail!.defaultId}`, changes)).toMatchObject({
      status: 400,
      body: { error: { code: 'ErrorInvalidPropertySet' } },
    })
    const draft = await world.mailboxes.deliver(ADA, {
      mime: aMail({ html: '<p>Old</p>' }),
      isDraft: true,
    })
    const reply = await world.patch(`/me/messages/${draft.defaultId}`, changes)
    expect(reply.body).toMatchObject({
      subject: 'New',
      bodyPreview: 'New',
      internetMessageId: '<hello@customer.test>',
    })
    expect((await world.get(`/me/messages/${draft.defaultId}/$value`)).text).toContain(
      'Subject: New',
    )
  })

  it('refuses a property nobody can write, and a body that is not JSON', async () => {
    const world = startWorld()
    const [mail] = await fill(world, 1)
    const url = `/me/messages/${mail!.defaultId}`
    for (const body of [{ hasAttachments: true }, { isRead: 'yes' }, '{"isRead":']) {
      expect(await world.patch(url, body)).toMatchObject({ status: 400 })
    }
    expect(world.changes).toHaveLength(1)
  })

  it('meets 412 when If-Match is stale, and not when it is current', async () => {
    const world = startWorld()
    const [mail] = await fill(world, 1)
    const url = `/me/messages/${mail!.defaultId}`
    const { etag } = world.mailboxes.serverTouch(ADA, mail!.defaultId)
    expect(
      await world.patch(url, { isRead: true }, { headers: { 'if-match': mail!.etag } }),
    ).toMatchObject(CONFLICT)
    expect(await world.get(url)).toMatchObject({ body: { isRead: false } })
    expect(
      await world.patch(url, { isRead: true }, { headers: { 'if-match': etag } }),
    ).toMatchObject({ status: 200 })
  })

  it('meets 412 without If-Match while Exchange is busy with new mail, and then no more (graph-contract 9 #28)', async () => {
    const world = startWorld({ conflictWindowMs: 2_000 })
    const mail = await world.mailboxes.deliver(ADA, { mime: aMail() })
    const url = `/me/messages/${mail.defaultId}`
    expect(await world.patch(url, { isRead: true })).toMatchObject(CONFLICT)
    await world.clock.advance(2_000)
    expect(await world.patch(url, { isRead: true })).toMatchObject({ status: 200 })
  })

  it('keeps extended properties, shows them only when expanded by id, and lists none', async () => {
    const world = startWorld()
    const [mail] = await fill(world, 1)
    const url = `/me/messages/${mail!.defaultId}`
    await world.patch(url, { singleValueExtendedProperties: [{ id: STAMP, value: 'one' }] })
    await world.patch(url, { singleValueExtendedProperties: [{ id: STAMP, value: 'two' }] })
    expect((await world.get(url)).body).not.toHaveProperty('singleValueExtendedProperties')
    const otherSpelling = STAMP.replace('String {', 'string ')
      .replace('}', '')
      .toUpperCase()
      .replace('NAME STAMP', 'Name Stamp')
    for (const id of [STAMP, otherSpelling]) {
      expect(
        (await world.get(`${url}?$select=id&${expanded(id)}`)).body.singleValueExtendedProperties,
      ).toEqual([{ id: STAMP, value: 'two' }])
    }
    const elsewhere = await world.get(`${url}?${expanded(STAMP.replace('Stamp', 'stamp'))}`)
    expect(elsewhere.body).not.toHaveProperty('singleValueExtendedProperties')
    expect(
      await world.patch(url, { singleValueExtendedProperties: [{ id: 'Stamp', value: 'x' }] }),
    ).toMatchObject({ status: 400 })
  })

  it('copies a message as a message of its own', async () => {
    const world = startWorld()
    const [mail] = await fill(world, 1)
    const copy = await world.post(`/me/messages/${mail!.defaultId}/copy`, {
      destinationId: 'archive',
    })
    expect(copy).toMatchObject({ status: 201, body: { subject: 'Mail 0' } })
    await world.patch(`/me/messages/${copy.body.id}`, { isRead: true })
    expect((await world.get(`/me/messages/${mail!.defaultId}`)).body.isRead).toBe(false)
  })

  it('moves to Deleted Items when deleted, and away for good when deleted there', async () => {
    const world = startWorld()
    const [mail] = await fill(world, 1)
    expect(await world.call('DELETE', `/me/messages/${mail!.defaultId}`)).toMatchObject({
      status: 204,
    })
    const [binned] = (await world.get('/me/mailFolders/deleteditems/messages')).body.value
    await world.call('DELETE', `/me/messages/${binned!.id}`)
    expect(await world.get(`/me/messages/${mail!.immutableId}`)).toMatchObject({ status: 404 })
  })

  it('reaches a message through its folder, and not through another', async () => {
    const world = startWorld()
    const [mail] = await fill(world, 1)
    expect(await world.get(`/me/mailFolders('INBOX')/messages/${mail!.defaultId}`)).toMatchObject({
      status: 200,
    })
    expect(await world.get(`/me/mailFolders/archive/messages/${mail!.defaultId}`)).toMatchObject({
      status: 404,
    })
  })
})

describe('drafts and sending (graph-contract 4.3)', () => {
  const to = (address: string) => ({ toRecipients: [{ emailAddress: { address } }] })

  it('makes drafts from JSON and from base64 MIME', async () => {
    const world = startWorld()
    const json = await world.post('/me/messages', {
      subject: 'Grüße',
      body: { contentType: 'text', content: 'Hi' },
      ...to('grace@customer.test'),
      internetMessageHeaders: [{ name: 'x-case', value: '17' }],
    })
    expect(json).toMatchObject({
      status: 201,
      body: {
        subject: 'Grüße',
        isDraft: true,
        isRead: true,
        from: { emailAddress: { address: 'ada@flow.test' } },
      },
    })
    expect(json.body.parentFolderId).toBe(world.mailboxes.findFolder(ADA, 'drafts')!.id)
    const headers = await world.get(`/me/messages/${json.body.id}?$select=internetMessageHeaders`)
    expect(headers.body.internetMessageHeaders).toContainEqual({ name: 'x-case', value: '17' })
    const mime = Buffer.from(aMail({ subject: 'By MIME' })).toString('base64')
    const asMime = { headers: { 'content-type': 'text/plain' } }
    expect(await world.post('/me/messages', mime, asMime)).toMatchObject({
      status: 201,
      body: { subject: 'By MIME', isDraft: true },
    })
    expect(await world.post('/me/sendMail', 'not base64!', asMime)).toMatchObject({
      status: 400,
      body: { error: { message: 'Invalid base64 string for MIME content.' } },
    })
  })

  it('sends mail to a colleague under the same internetMessageId, and to nobody else', async () => {
    const world = startWorld()
    const message = {
      subject: 'Lunch?',
      body: { contentType: 'html', content: '<p>12?</p>' },
      ...to('bob@flow.test'),
    }
    expect(await world.post('/me/sendMail', { message })).toEqual({
      status: 202,
      headers: {},
      body: undefined,
      text: '',
    })
    const [sent] = (await world.get('/me/mailFolders/sentitems/messages')).body.value
    const asBob = { caller: { userId: BOB } }
    const [received] = (await world.get('/me/mailFolders/inbox/messages', asBob)).body.value
    expect(received).toMatchObject({
      subject: 'Lunch?',
      isRead: false,
      internetMessageId: sent!.internetMessageId,
    })
    expect(received!.body?.content).toContain('<p>12?</p>')
    expect(sent).toMatchObject({
      isDraft: false,
      isRead: true,
      sentDateTime: '2026-11-20T09:00:00Z',
    })
    expect((await world.get('/me/mailFolders/outbox')).body.totalItemCount).toBe(0)
  })

  it('keeps no copy when asked not to, and sends nothing to nobody', async () => {
    const world = startWorld()
    await world.post('/me/sendMail', { message: to('bob@flow.test'), saveToSentItems: false })
    expect((await world.get('/me/mailFolders/sentitems')).body.totalItemCount).toBe(0)
    expect(await world.post('/me/sendMail', { message: { subject: 'x' } })).toMatchObject({
      status: 400,
    })
  })

  it.each([
    ['createReply', 'RE: Plan', ['grace@customer.test'], []],
    ['createReplyAll', 'RE: Plan', ['grace@customer.test', 'bob@flow.test'], ['c@x.test']],
    ['createForward', 'FW: Plan', [], []],
  ])('%s makes a draft within the conversation', async (action, subject, toThem, ccThem) => {
    const world = startWorld()
    const mime = aMail({
      subject: 'Re: Plan',
      to: 'ada@flow.test, bob@flow.test',
      html: '<p>Old</p>',
      headers: ['Cc: c@x.test'],
    })
    const mail = await world.mailboxes.deliver(ADA, { mime })
    const original = (await world.get(`/me/messages/${mail.defaultId}`)).body
    const reply = await world.post(`/me/messages/${mail.defaultId}/${action}`, {
      comment: 'I <agree>',
    })
    expect(reply).toMatchObject({
      status: 201,
      body: { subject, isDraft: true, conversationId: original.conversationId },
    })
    const addresses = (list?: { emailAddress?: { address?: string | null } | null }[] | null) =>
      list?.map(({ emailAddress }) => emailAddress?.address)
    expect(addresses(reply.body.toRecipients)).toEqual(toThem)
    expect(addresses(reply.body.ccRecipients)).toEqual(ccThem)
    expect(reply.body.body?.content).toMatch(/I &#60;agree&#62;.*Old/s)
    const sent = await world.get(`/me/messages/${reply.body.id}/$value`)
    expect(sent.text).toContain('References: <hello@customer.test>')
    const unique = await world.get(`/me/messages/${reply.body.id}?$select=uniqueBody`)
    expect(unique.body.uniqueBody?.content).not.toContain('Old')
  })
})
