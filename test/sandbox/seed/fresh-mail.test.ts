import { describe, expect, it } from '@jest/globals'
import { Random } from '../../../sandbox/random.ts'
import { bulkMime } from '../../../sandbox/seed/bulk.ts'
import { nextMail } from '../../../sandbox/seed/next-mail.ts'
import { now, read } from './reading.ts'

describe('a fresh mail', () => {
  it('comes from a customer, now, with an id of its own, and varies', async () => {
    const random = new Random(7)
    const mails = await Promise.all(
      Array.from({ length: 60 }, () => read(nextMail(random, now, 'alice@contoso.test').mime)),
    )
    for (const mail of mails) {
      expect(mail.to).toMatchObject([{ name: 'Alice Archer', address: 'alice@contoso.test' }])
      expect(mail.from?.address).toMatch(/\.test$/)
      expect(mail.date).toBe(now.toISOString())
      expect(mail.subject).not.toContain('\ufffd')
      expect(mail.text?.length).toBeGreaterThan(30)
    }
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(60)
    expect(new Set(mails.map(({ subject }) => subject)).size).toBeGreaterThan(6)
    const files = new Set(
      mails.flatMap(({ attachments }) => attachments.map((file) => file.mimeType)),
    )
    expect(files).toEqual(new Set(['application/pdf', 'image/png']))
  })

  it('is the same for the same seed, and can go to anybody', () => {
    const once = nextMail(new Random(3), now, 'new@contoso.test').mime
    expect(nextMail(new Random(3), now, 'new@contoso.test').mime).toEqual(once)
    expect(Buffer.from(once).toString()).toContain('To: new@contoso.test\r\n')
  })
})

describe('bulk mail', () => {
  it('is small, valid, and different for each index', async () => {
    const mail = await read(bulkMime(41, 'bob@contoso.test', now))
    expect(mail).toMatchObject({
      subject: 'A question 41',
      from: { address: 'customer41@bulk4.test' },
      to: [{ address: 'bob@contoso.test' }],
      messageId: '<bulk-41.bob@contoso.test>',
      date: '2026-11-21T07:49:00.000Z',
    })
    expect(mail.text).toContain('mail number 41')
  })

  it('has an id of its own among 200,000, and in each mailbox', () => {
    const idOf = (index: number, to: string) =>
      /Message-ID: (.*)\r/.exec(Buffer.from(bulkMime(index, to, now)).toString())?.[1]
    const ids = new Set(
      Array.from({ length: 200_000 }, (_, index) => idOf(index, 'a@contoso.test')),
    )
    expect(ids.size).toBe(200_000)
    expect(ids).not.toContain(idOf(1, 'b@contoso.test'))
  })
})
