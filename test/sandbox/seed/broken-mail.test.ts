import { beforeAll, describe, expect, it } from '@jest/globals'
import { BIG_FILE_BYTES } from '../../../sandbox/seed/conversations/oddities.ts'
import { noise } from '../../../sandbox/seed/files/noise.ts'
import { header, readSeeds, type ReadMail } from './reading.ts'

describe('among the seeded mail there is, as the world sends it,', () => {
  let seeds: ReadMail[]
  const where = (test: (seed: ReadMail) => boolean) => seeds.filter(test)
  const subject = (start: string) =>
    where(({ email }) => (email.subject ?? '').startsWith(start))[0]!
  beforeAll(async () => {
    seeds = await readSeeds()
  })

  it('a picture cut off in the middle: no closing boundary, yet text and first picture are whole', () => {
    const { source, email } = subject('Photos of the ninth floor')
    expect(source).not.toMatch(/--\r\n$/)
    expect(email.text).toContain('one and a half')
    const [whole, half] = email.attachments.map(
      ({ content }) => (content as ArrayBuffer).byteLength,
    )
    expect(whole).toBe(900)
    expect(half).toBeLessThan(1200)
  })

  it('a sound with wrong base64', () => {
    const { source, email } = subject('Sound of the machine')
    expect(source).toContain('*&%!')
    expect(email.attachments.map(({ filename }) => filename)).toEqual(['hum.wav'])
  })

  it('mail with raw Latin-1, without Message-ID, without subject, and two mails with one id', () => {
    expect(where(({ source }) => source.includes('Subject: Gr\xfc\xdfe'))).toHaveLength(1)
    expect(header(subject('Scan_0017').email, 'message-id')).toBeUndefined()
    expect(where(({ email, copy }) => email.subject === undefined && !copy.isDraft)).toHaveLength(1)
    const twins = where(({ email }) => email.messageId === '<1.parcel@localhost>')
    expect(new Set(twins.map(({ email }) => email.subject)).size).toBe(2)
  })

  it('a 30 MB film that is not made until the whole mail is asked for, then always the same', () => {
    const { copy, source, email } = subject('The robot makes a cappuccino')
    expect(source.length).toBeLessThan(5_000)
    expect(email.attachments.map(({ filename }) => filename)).toEqual(['cappuccino.mp4'])
    const once = Buffer.from(copy.mime())
    expect(once.equals(copy.mime())).toBe(true)
    // Read by hand: the parser takes seconds for so much.
    const start = once.indexOf('\r\n\r\n', once.lastIndexOf('cappuccino.mp4')) + 4
    const film = Buffer.from(once.toString('latin1', start, once.lastIndexOf('\r\n--')), 'base64')
    expect(film.length).toBe(BIG_FILE_BYTES)
    expect(film.equals(noise(BIG_FILE_BYTES, 2107).make())).toBe(true)
  })
})
