import { describe, expect, it } from '@jest/globals'
import { aMail, aMultipart, filePart, htmlPart, textPart } from '../support/mail.ts'
import { ADA, startWorld, type Line } from '../support/world.ts'

async function delivered(mime: Uint8Array | (() => Uint8Array), query = ''): Promise<Line> {
  const world = startWorld()
  const { defaultId } = await world.mailboxes.deliver(ADA, { mime })
  return (await world.get(`/me/messages/${defaultId}${query}`)).body
}

describe('a mail as Graph shows it (graph-contract 4.1)', () => {
  it('takes people, subject and times from the header, encoded words and groups included', async () => {
    const line = await delivered(
      aMail({
        from: '=?utf-8?Q?J=C3=BCrgen?= <j@customer.test>',
        to: 'Team: "Lovelace, Ada" <ada@flow.test>, bob@flow.test;',
        subject: '=?utf-8?B?QW5nZWJvdCDwn5iA?=',
        headers: [
          'Sender: desk@customer.test',
          'Cc: c@x.test',
          'Reply-To: r@x.test',
          'Importance: High',
        ],
      }),
    )
    expect(line).toMatchObject({
      from: { emailAddress: { name: 'Jürgen', address: 'j@customer.test' } },
      sender: { emailAddress: { name: 'desk@customer.test', address: 'desk@customer.test' } },
      toRecipients: [
        { emailAddress: { name: 'Lovelace, Ada', address: 'ada@flow.test' } },
        { emailAddress: { name: 'bob@flow.test', address: 'bob@flow.test' } },
      ],
      ccRecipients: [{ emailAddress: { address: 'c@x.test' } }],
      replyTo: [{ emailAddress: { address: 'r@x.test' } }],
      subject: 'Angebot 😀',
      internetMessageId: '<hello@customer.test>',
      importance: 'high',
      sentDateTime: '2026-11-20T08:59:30Z',
      receivedDateTime: '2026-11-20T09:00:00Z',
      isRead: false,
      isDraft: false,
    })
  })

  it('previews 255 characters of what a person reads', async () => {
    const line = await delivered(
      aMail({ html: `<style>p{}</style><p>Hi&nbsp;&amp; bye</p><p>${'x'.repeat(300)}</p>` }),
    )
    expect(line.bodyPreview).toHaveLength(255)
    expect(line.bodyPreview).toMatch(/^Hi & bye x+$/)
  })

  it('shows HTML unless text is preferred, whatever the mail holds', async () => {
    const plain = await delivered(aMail({ text: '1 < 2' }))
    expect(plain.body).toMatchObject({
      contentType: 'html',
      content: expect.stringContaining('1 &#60; 2'),
    })
    const world = startWorld()
    const { defaultId } = await world.mailboxes.deliver(ADA, {
      mime: aMail({ html: '<p>One</p><p>Two</p>' }),
    })
    const reply = await world.get(`/me/messages/${defaultId}`, {
      headers: { prefer: 'outlook.body-content-type="text"' },
    })
    expect(reply.body.body).toEqual({ contentType: 'text', content: 'One\nTwo' })
    expect(reply.headers['preference-applied']).toBe('outlook.body-content-type="text"')
  })

  it('shows uniqueBody and header lines only when they are selected', async () => {
    const mime = aMail({
      headers: ['X-Twice: 1', 'X-Twice: 2'],
      html: '<p>New</p><div id="divRplyFwdMsg">Old</div>',
    })
    const whole = await delivered(mime)
    expect(whole).not.toHaveProperty('uniqueBody')
    expect(whole).not.toHaveProperty('internetMessageHeaders')
    const asked = await delivered(mime, '?$select=uniqueBody,internetMessageHeaders')
    expect(asked.uniqueBody?.content).toContain('New')
    expect(asked.uniqueBody?.content).not.toContain('Old')
    expect(asked.internetMessageHeaders?.filter(({ name }) => name === 'X-Twice')).toHaveLength(2)
    expect(asked).not.toHaveProperty('subject')
  })

  it('does not count inline attachments', async () => {
    const inline = filePart('logo.png', 'png', ['Content-ID: <logo>']).headers.map((line) =>
      line.replace('attachment', 'inline'),
    )
    const picture = { headers: inline, body: 'cG5n' }
    expect(await delivered(aMultipart([htmlPart('<img src="cid:logo">'), picture]))).toMatchObject({
      hasAttachments: false,
    })
    expect(await delivered(aMultipart([textPart('see'), filePart('a.pdf', 'pdf')]))).toMatchObject({
      hasAttachments: true,
    })
  })

  it('makes a meeting message of a mail with a calendar part', async () => {
    const invitation = {
      headers: ['Content-Type: text/calendar; method=REQUEST; charset=utf-8'],
      body: 'BEGIN:VCALENDAR',
    }
    expect(
      await delivered(aMultipart([textPart('Come'), invitation], { kind: 'alternative' })),
    ).toMatchObject({
      '@odata.type': '#microsoft.graph.eventMessageRequest',
      meetingMessageType: 'meetingRequest',
      hasAttachments: false,
    })
  })

  it('threads replies by reference within a mailbox, and starts anew under another subject', async () => {
    const world = startWorld()
    const mails = [
      aMail({ id: 'a@x', subject: 'Plan' }),
      aMail({
        id: 'b@x',
        subject: 'Re: Plan',
        headers: ['In-Reply-To: <a@x>', 'References: <a@x>'],
      }),
      aMail({ id: 'c@x', subject: 'RE: Plan', headers: ['In-Reply-To: <b@x>'] }),
      aMail({ id: 'd@x', subject: 'Lunch', headers: ['In-Reply-To: <a@x>'] }),
    ]
    for (const mime of mails) await world.mailboxes.deliver(ADA, { mime })
    const elsewhere = await world.mailboxes.deliver('bob-oid', { mime: mails[0]! })
    const { value } = (await world.get('/me/messages?$orderby=internetMessageId')).body
    const [a, b, c, d] = value
    expect(b?.conversationId).toBe(a?.conversationId)
    expect(c?.conversationId).toBe(a?.conversationId)
    expect(d?.conversationId).not.toBe(a?.conversationId)
    const other = world.mailboxes.findMessage('bob-oid', elsewhere.defaultId, 'default')
    expect(other?.conversationId).not.toBe(a?.conversationId)
    const length = (index?: string | null) => Buffer.from(index ?? '', 'base64').length
    expect([length(a?.conversationIndex), length(b?.conversationIndex)]).toEqual([22, 27])
  })

  it('gives the MIME back as it came', async () => {
    const world = startWorld()
    const mime = aMultipart([textPart('see'), filePart('a.pdf', 'pdf')])
    const { defaultId } = await world.mailboxes.deliver(ADA, { mime })
    expect((await world.get(`/me/messages/${defaultId}/$value`)).text).toBe(
      Buffer.from(mime).toString(),
    )
  })

  it('survives mail that is no mail', async () => {
    for (const junk of [
      '',
      'no header at all',
      '\r\n\r\nbody',
      'Subject\r\n\r\n',
      `Subject: ${'x'.repeat(300_000)}`,
    ]) {
      expect(await delivered(Buffer.from(junk))).toMatchObject({ isRead: false })
    }
  })
})
