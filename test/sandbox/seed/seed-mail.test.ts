import { beforeAll, describe, expect, it } from '@jest/globals'
import { everyLetter } from '../../../sandbox/seed/every-letter.ts'
import { messageIdOf } from '../../../sandbox/seed/post-office.ts'
import { moment } from '../../../sandbox/seed/when.ts'
import { seedMails, seedPeople } from '../../../sandbox/seed/seed-mail.ts'
import { header, now, readSeeds, type ReadMail } from './reading.ts'

const DAY_MS = 86_400_000

describe('the seeded mail', () => {
  let seeds: ReadMail[]
  const of = (mailbox: string) => seeds.filter(({ copy }) => copy.mailbox === mailbox)
  beforeAll(async () => {
    seeds = await readSeeds()
  })

  it('fills three mailboxes with a fortnight or so of work', () => {
    expect(of('alice@contoso.test').length).toBeGreaterThanOrEqual(70)
    expect(of('bob@contoso.test').length).toBeGreaterThanOrEqual(40)
    expect(of('sales@contoso.test').length).toBeGreaterThanOrEqual(25)
    expect(new Set(seeds.map(({ copy }) => copy.mailbox)).size).toBe(seedPeople.mailboxes.length)
    const ages = seeds.map(({ copy }) => (now.getTime() - copy.receivedAt.getTime()) / DAY_MS)
    expect(Math.min(...ages)).toBeGreaterThan(0)
    expect(Math.max(...ages)).toBeLessThan(21)
  })

  it('says of each copy who wrote it, when and about what, as its author did', () => {
    const letters = new Map(everyLetter().map((letter) => [letter.key, letter]))
    const byId = new Map([...letters.values()].map((letter) => [messageIdOf(letter), letter]))
    for (const { copy, email } of seeds) {
      const letter = byId.get(email.messageId ?? '')
      if (!letter || letter.messageId) continue // the nameless one and the twins are told below
      expect([email.from?.address, email.from?.name]).toEqual([
        letter.from.address,
        letter.from.name,
      ])
      expect(email.to?.map(({ address }) => address) ?? []).toEqual(
        (letter.to ?? []).map(({ address }) => address),
      )
      if (!letter.spoil) expect(email.subject ?? '').toBe(letter.subject)
      const waySeconds = (copy.receivedAt.getTime() - Date.parse(email.date ?? '')) / 1000
      expect(waySeconds).toBeGreaterThanOrEqual(0)
      expect(waySeconds).toBeLessThanOrEqual(40)
    }
    const told = seeds.filter(({ email }) => byId.has(email.messageId ?? ''))
    expect(told.length).toBe(seeds.length - 1) // the scanner gives no id
  })

  it('carries the attachments of its author, byte for byte', () => {
    for (const letter of everyLetter()) {
      if (letter.spoil || letter.protect || letter.key.startsWith('unusual/0')) continue
      for (const { email } of seeds.filter((seed) => seed.email.messageId === messageIdOf(letter)))
        for (const file of letter.attachments?.(now) ?? []) {
          const found = email.attachments.find(({ filename }) => filename === file.name)
          expect(found?.mimeType).toBe(file.type.split(';')[0])
          expect(comparable(file.type, found?.content)).toBe(comparable(file.type, file.content))
        }
    }
  })

  it('is the same to the last byte on the next run', () => {
    const again = seedMails(now)
    expect(again.map((copy) => Buffer.from(copy.lightMime()).toString('latin1'))).toEqual(
      seeds.map(({ source }) => source),
    )
    expect(again.map(({ mime: _m, lightMime: _l, ...state }) => state)).toEqual(
      seeds.map(({ copy: { mime: _m, lightMime: _l, ...state } }) => state),
    )
  })

  it('keeps its ids and its order on another day', () => {
    const monday = seedMails(new Date('2027-03-01T15:00:00Z'))
    const ids = monday.map((copy) => /^Message-ID: (.*)/im.exec(text(copy.lightMime()))?.[1])
    expect(ids).toEqual(seeds.map(({ source }) => /^Message-ID: (.*)/im.exec(source)?.[1]))
  })

  it.each([
    '2026-11-23T00:01:00Z',
    '2026-11-24T00:01:00Z',
    '2026-11-27T23:59:59Z',
    '2027-01-01T12:00:00Z',
  ])('lies in the past, newest last, answers after questions, at %s', (when) => {
    const then = new Date(when)
    const times = seedMails(then).map(({ receivedAt }) => receivedAt.getTime())
    expect(times).toEqual([...times].sort((one, other) => one - other))
    expect(times.at(-1)).toBeLessThan(then.getTime())
    for (const { at, parent } of everyLetter())
      if (parent)
        expect(moment(at, then).getTime()).toBeGreaterThan(moment(parent.at, then).getTime())
  })

  it('uses CRLF and seven bits throughout, but for the sender who breaks the rules', () => {
    for (const { source } of seeds) expect(source).not.toMatch(/(^|[^\r])\n/)
    const eightBit = seeds.filter(({ source }) => /[\x80-\xff]/.test(source))
    expect(eightBit.map(({ email }) => email.from?.address)).toEqual(['jost@oldshop.test'])
  })

  it('folds its headers, and keeps lines of text within what RFC 5322 allows', () => {
    for (const { source } of seeds) {
      const [headers = ''] = source.split('\r\n\r\n')
      expect(Math.max(...headers.split('\r\n').map((line) => line.length))).toBeLessThan(120)
      expect(Math.max(...source.split('\r\n').map((line) => line.length))).toBeLessThan(998)
    }
  })

  it('leads every reply back to the mail that opened its conversation', () => {
    const ids = new Set(seeds.map(({ email }) => email.messageId))
    const replies = seeds.filter(({ email }) => email.inReplyTo)
    expect(replies.length).toBeGreaterThan(60)
    for (const { email } of replies) {
      const references = (email.references ?? '').split(/\s+/)
      expect(references.every((id) => ids.has(id))).toBe(true)
      expect(references.at(-1)).toBe(email.inReplyTo)
      const parent = seeds.find((seed) => seed.email.messageId === email.inReplyTo)!
      expect(references.slice(0, -1)).toEqual(
        (parent.email.references ?? '').split(/\s+/).filter(Boolean),
      )
      expect(Date.parse(email.date!)).toBeGreaterThan(Date.parse(parent.email.date!))
    }
  })

  it("gives colleagues one Message-ID, in both mailboxes and in the sender's Sent Items", () => {
    const shared = new Map<string, string[]>()
    for (const { copy, email } of seeds)
      if (email.messageId)
        shared.set(email.messageId, [...(shared.get(email.messageId) ?? []), copy.mailbox])
    const inSeveral = [...shared.values()].filter((mailboxes) => new Set(mailboxes).size > 1)
    expect(inSeveral.length).toBeGreaterThan(30)
    const sent = seeds.filter(({ copy }) => copy.folder[0] === 'sentitems')
    for (const { copy, email } of sent) expect(email.from?.address).toBe(copy.mailbox)
    const toColleague = sent.filter(({ email }) => shared.get(email.messageId ?? '')!.length > 1)
    expect(toColleague.length).toBeGreaterThan(15)
  })

  it('shows a Bcc to the sender alone', () => {
    const withBcc = seeds.filter(({ email }) => email.bcc?.length)
    expect(withBcc.length).toBeGreaterThan(0)
    expect(withBcc.every(({ copy }) => copy.folder[0] === 'sentitems')).toBe(true)
    const blind = seeds.filter(
      ({ copy, email }) =>
        copy.folder[0] === 'inbox' &&
        withBcc.some((seed) => seed.email.messageId === email.messageId),
    )
    expect(blind.length).toBeGreaterThan(0)
  })

  it('tells on which way received mail came, and nothing of it in sent mail', () => {
    for (const { copy, email } of seeds) {
      const arrived = ['inbox', 'archive'].includes(copy.folder[0]!)
      expect(Boolean(header(email, 'received'))).toBe(arrived)
    }
  })

  it('names nobody outside the reserved .test domains', () => {
    for (const { email } of seeds)
      for (const person of [email.from, email.to, email.cc, email.bcc, email.replyTo].flat())
        if (person) expect(person.address).toMatch(/\.test$/)
  })
})

const text = (mime: Uint8Array) => Buffer.from(mime).toString('latin1')
/** The parser ends the lines of texts and mails in LF, and adds one. */
function comparable(type: string, content: unknown): string {
  const all = Buffer.from(content as string).toString('latin1')
  return /^(text|message)\//.test(type) ? all.replace(/\r\n/g, '\n').trimEnd() : all
}
