import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { DAY, HOUR, MINUTE } from '../../../webhook/duration.ts'
import type { CrashPoint } from '../../../webhook/crash-points.ts'
import { LeaseLostError } from '../../../webhook/errors.ts'
import { COALESCE_MS, LEASE_MS } from '../store/open-stores.ts'
import { ALICE } from '../provider/graph/graphs.ts'
import { aFile, aLargeFile, anArchive, type Archive, type Blob } from './an-archive.ts'

let archive: Archive
beforeAll(async () => {
  archive = await anArchive()
})
afterAll(() => archive[Symbol.asyncDispose]())

let round = 0
/** Words that no other test uses. */
const fresh = (text: string) => `${text} ${++round}`

beforeEach(async () => {
  archive.graph.desk.clear()
  archive.twin.seen.length = 0
  archive.failures.length = 0
  archive.settings.limitBytes = 50 * 1_024 * 1_024
  await archive.fetchDue()
})

const attachmentsOf = (subject: string) => archive.attachmentsOf(subject)
const contentOf = (of: Blob) => archive.contentOf(of)

describe('the attachments of an e-mail', () => {
  it('are fetched after it is stored, by one list and one request each', async () => {
    const subject = fresh('Offer')
    const bytes = Buffer.from(fresh('The terms'))
    await archive.receive(subject, [
      aFile({ bytes }),
      aFile({ name: 'b.txt', bytes: Buffer.from(fresh('b')) }),
    ])
    await archive.sync()
    expect(archive.asked('/attachments')).toBe(0)
    expect(await archive.fetchDue()).toBe(1)
    const [offer, text] = await attachmentsOf(subject)
    expect(offer).toMatchObject({ state: 'stored', name: 'offer.pdf', size: bytes.length })
    expect(await contentOf(offer!)).toEqual(bytes)
    expect(text).toMatchObject({ state: 'stored', name: 'b.txt', contentType: 'application/pdf' })
    expect(archive.asked('/attachments')).toBe(3)
    expect(archive.asked('contentBytes')).toBe(0)
  })

  it.each<CrashPoint>(['emails-written', 'attachments-wanted'])(
    'are wanted though the pass that found them dies (%s)',
    async (point) => {
      const subject = fresh('Orphan')
      await archive.receive(subject, [aFile()])
      await archive.queue.ring([archive.inbox])
      await archive.clock.advance(COALESCE_MS)
      let dead = false
      const crash = (at: CrashPoint) => {
        if (at !== point || dead) return
        dead = true
        throw new LeaseLostError('dead')
      }
      await archive.work({ crash })
      expect(dead).toBe(true)
      await archive.clock.advance(LEASE_MS)
      await archive.sync()
      await archive.fetchDue()
      expect(await attachmentsOf(subject)).toMatchObject([{ state: 'stored' }])
    },
  )

  it('are asked for only where there are any', async () => {
    await archive.receive(fresh('Plain'), [])
    await archive.sync()
    expect(await archive.fetchDue()).toBe(0)
    expect(archive.asked('/attachments')).toBe(0)
  })

  it('are fetched once, however often the message changes', async () => {
    const ref = await archive.receive(fresh('Read'), [aFile()])
    await archive.sync()
    await archive.fetchDue()
    archive.twin.seen.length = 0
    archive.graph.mailboxes.patch(ALICE, ref.immutableId, { isRead: true })
    archive.graph.mailboxes.serverTouch(ALICE, ref.immutableId)
    await archive.sync()
    expect(await archive.fetchDue()).toBe(0)
    expect(archive.asked('/attachments')).toBe(0)
  })

  it('include pictures in the text, which the provider does not count as attachments', async () => {
    const subject = fresh('Picture')
    const bytes = Buffer.from(fresh('png'))
    const picture = aFile({ name: 'logo.png', contentType: 'image/png', isInline: true, bytes })
    await archive.receive(
      subject,
      [{ ...picture, contentId: 'logo@here' }],
      '<img src="cid:logo@here">',
    )
    await archive.sync()
    await archive.fetchDue()
    const [logo] = await attachmentsOf(subject)
    expect(logo).toMatchObject({ isInline: true, contentId: 'logo@here', state: 'stored' })
    expect(logo?.email.hasAttachments).toBe(false)
  })

  it('may be a message, kept as MIME, and a link to a cloud, of which there are no bytes', async () => {
    const subject = fresh('Kinds')
    const inner = aFile({
      kind: 'item',
      name: 'Inner',
      bytes: Buffer.from('Subject: Inner\r\n\r\nHi'),
    })
    const link = aFile({ kind: 'reference', name: 'plan.docx', bytes: Buffer.from('') })
    await archive.receive(subject, [inner, link])
    await archive.sync()
    await archive.fetchDue()
    const [item, reference] = await attachmentsOf(subject)
    expect(item).toMatchObject({ kind: 'item', state: 'stored' })
    expect((await contentOf(item!)).toString()).toMatch(/^Subject: Inner/)
    expect(reference).toMatchObject({ kind: 'reference', state: 'reference', blobId: null })
    expect(reference?.link).toMatch(/^https:\/\/outlook\.office365\.com\//)
    expect(archive.asked('/$value')).toBe(1)
  })

  it('that are the same in many mails are one blob; each is fetched, as nobody can tell before', async () => {
    const bytes = Buffer.from(fresh('the logo'))
    const before = (await archive.blobFiles()).length
    for (let n = 0; n < 12; n++) await archive.receive(fresh('Newsletter'), [aFile({ bytes })])
    await archive.sync()
    await archive.fetchDue()
    expect((await archive.blobFiles()).length).toBe(before + 1)
    expect(archive.asked('/$value')).toBe(12)
    await archive.clock.advance(3 * HOUR)
    await archive.upkeep()
    expect(await archive.doubts()).toBe(0)
    expect((await archive.blobFiles()).length).toBe(before + 1)
  }, 20_000)

  it('over the limit are recorded with their size and where to find them, and come with a larger plan', async () => {
    const subject = fresh('Large')
    archive.settings.limitBytes = 1_000
    await archive.receive(subject, [aFile({ bytes: Buffer.alloc(1_001, round) }), aFile()])
    await archive.sync()
    await archive.fetchDue()
    const [large, small] = await attachmentsOf(subject)
    expect(large).toMatchObject({ state: 'over-limit', size: 1_001, blobId: null })
    expect(large?.link).toMatch(/^https:/)
    expect(small?.state).toBe('stored')
    expect(archive.asked('/$value')).toBe(1)
    archive.settings.limitBytes = 2_000
    await archive.clock.advance(HOUR)
    await archive.upkeep()
    await archive.fetchDue()
    expect((await attachmentsOf(subject)).map(({ state }) => state)).toEqual(['stored', 'stored'])
  })

  it('that turn out larger than was said are over the limit, and nothing of them is kept', async () => {
    const subject = fresh('Liar')
    archive.settings.limitBytes = 300_000
    const { streamed } = aLargeFile(1, 7)
    await archive.receive(subject, [aFile({ streamed: { ...streamed!, size: 10 } })])
    const before = await archive.chunks()
    await archive.sync()
    await archive.fetchDue()
    const [liar] = await attachmentsOf(subject)
    expect(liar).toMatchObject({ state: 'over-limit', blobId: null, size: 300_001 })
    expect(await archive.chunks()).toBe(before)
  })
})

describe('what a virus scanner holds back', () => {
  it('is waited for, and fetched when it is there', async () => {
    const subject = fresh('Scanned')
    const ref = await archive.receive(subject, [aFile(), aFile({ name: 'second.pdf' })])
    archive.graph.mailboxes.scan(ALICE, ref.immutableId, 'begins')
    await archive.sync()
    await archive.fetchDue()
    expect(await attachmentsOf(subject)).toMatchObject([{ state: 'scanning' }])
    expect(archive.asked('/$value')).toBe(0)
    await archive.clock.advance(MINUTE)
    await archive.fetchDue()
    archive.graph.mailboxes.scan(ALICE, ref.immutableId, 'ends')
    await archive.clock.advance(2 * MINUTE)
    await archive.fetchDue()
    const after = await attachmentsOf(subject)
    expect(after).toMatchObject([
      { name: 'offer.pdf', state: 'stored' },
      { name: 'second.pdf', state: 'stored' },
    ])
  })

  it('and never gives back, as in a forwarded mail, is kept as the note that hangs there', async () => {
    const subject = fresh('Forwarded')
    const note = aFile({
      kind: 'item',
      name: 'ATP Scan In Progress',
      bytes: Buffer.from('Subject: wait'),
    })
    await archive.receive(subject, [note])
    await archive.sync()
    for (let hours = 0; hours < 72; hours++) {
      await archive.fetchDue()
      await archive.clock.advance(HOUR)
    }
    expect(await attachmentsOf(subject)).toMatchObject([{ state: 'stored', kind: 'item' }])
  }, 20_000)
})

describe('a download that fails', () => {
  it.each(['truncated', 'reset'] as const)(
    '(%s) is made again, and nothing of it is seen',
    async (damage) => {
      const subject = fresh('Broken')
      await archive.receive(subject, [aLargeFile(1, 20 + round)])
      await archive.sync()
      archive.graph.desk.damageReplies(damage, 1, { path: '$value' })
      const [files, chunks] = [(await archive.blobFiles()).length, await archive.chunks()]
      await archive.fetchDue()
      expect(archive.failures).toEqual(['provider-unavailable'])
      expect(await attachmentsOf(subject)).toMatchObject([{ state: 'pending', blobId: null }])
      expect([(await archive.blobFiles()).length, await archive.chunks()]).toEqual([files, chunks])
      await archive.clock.advance(MINUTE)
      await archive.fetchDue()
      const [whole] = await attachmentsOf(subject)
      expect((await contentOf(whole!)).length).toBe(1_024 * 1_024)
    },
  )

  it('waits as long as the provider asks, and asks nothing meanwhile', async () => {
    const subject = fresh('Throttled')
    await archive.receive(subject, [aFile()])
    await archive.sync()
    archive.graph.desk.failRequests(429, 1, { path: '/attachments', retryAfterSeconds: 300 })
    await archive.fetchDue()
    archive.twin.seen.length = 0
    await archive.clock.advance(4 * MINUTE)
    await archive.fetchDue()
    expect(archive.asked('/attachments')).toBe(0)
    await archive.clock.advance(2 * MINUTE)
    await archive.fetchDue()
    expect(await attachmentsOf(subject)).toMatchObject([{ state: 'stored' }])
  })

  it('does not hold up the others, and is given up after some tries where only it is refused', async () => {
    const subject = fresh('Refused')
    await archive.receive(subject, [aFile({ name: 'bad.exe' }), aFile({ name: 'good.txt' })])
    await archive.sync()
    for (let days = 0; days < 9; days++) {
      const [bad] = await attachmentsOf(subject).catch(() => [])
      if (bad?.state === 'failed') break
      archive.graph.desk.failRequests(403, days === 0 ? 2 : 4, { path: '$value' })
      await archive.fetchDue()
      archive.graph.desk.clear()
      await archive.clock.advance(DAY)
    }
    expect((await attachmentsOf(subject)).map(({ state }) => state)).toContain('failed')
    expect(await archive.fetchDue()).toBe(0)
  })

  it('is made from another copy, should one come after the first was gone', async () => {
    const subject = fresh('Again')
    const first = await archive.receive(subject, [aFile()])
    await archive.sync()
    archive.graph.mailboxes.remove(ALICE, first.immutableId, { purge: true })
    await archive.fetchDue()
    await archive.receive(subject, [aFile()])
    await archive.sync()
    await archive.fetchDue()
    expect(await attachmentsOf(subject)).toMatchObject([{ state: 'stored' }])
  })

  it('because the message is gone ends the waiting', async () => {
    const subject = fresh('Gone')
    const ref = await archive.receive(subject, [aFile()])
    await archive.sync()
    archive.graph.mailboxes.remove(ALICE, ref.immutableId, { purge: true })
    expect(await archive.fetchDue()).toBe(1)
    await archive.clock.advance(DAY)
    expect(await archive.fetchDue()).toBe(0)
    expect(await attachmentsOf(subject)).toEqual([])
  })
})
