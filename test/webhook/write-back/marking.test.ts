import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { CrashPoint } from '../../../webhook/crash-points.ts'
import { LeaseLostError } from '../../../webhook/errors.ts'
import { DAY } from '../../../webhook/duration.ts'
import { COALESCE_MS, LEASE_MS } from '../store/open-stores.ts'
import { aTwoWayMailbox, type TwoWayMailbox } from './a-two-way-mailbox.ts'

let box: TwoWayMailbox
beforeEach(async () => {
  box = await aTwoWayMailbox()
})
afterEach(() => box[Symbol.asyncDispose]())

const asAnother = 'carol@elsewhere.example'

/** Dies at the first visit of a place, and is sound from then on. */
function dyingOnce(place: CrashPoint) {
  let dead = false
  const crash = (at: CrashPoint) => {
    if (at !== place || dead) return
    dead = true
    throw new LeaseLostError('dead')
  }
  return { crash, hasDied: () => dead }
}

describe('mail of a two-way mailbox that is in the CRM', () => {
  it('bears the category FlowCRM in Outlook, beside its own', async () => {
    const id = await box.receive({ categories: ['Contracts'] })
    await box.goBack()
    expect(box.inOutlook(id)).toEqual({ categories: ['Contracts', 'FlowCRM'], isRead: false })
  })

  it('is written to once, and our own writing is no news to us', async () => {
    await box.receive()
    await box.goBack()
    await box.sync()
    await box.sync()
    expect([await box.goBack(), box.writes(), await box.pending()]).toEqual([0, 1, 0])
  })

  it('is left as its people have it, who take the category off', async () => {
    const id = await box.receive()
    await box.goBack()
    box.touch(id, { categories: [] })
    await box.sync()
    await box.apply()
    await box.goBack()
    expect(box.inOutlook(id).categories).toEqual([])
  })

  it('loses the category, and no other, when a rule keeps it out afterwards', async () => {
    const id = await box.receive({ from: asAnother, categories: ['Contracts'] })
    await box.goBack()
    const entries = [{ of: 'address' as const, value: asAnother }]
    await box.own({ direction: 'two-way', neverLog: [{ kind: 'any-party', entries }] })
    await box.apply()
    await box.goBack()
    expect(box.inOutlook(id).categories).toEqual(['Contracts'])
    expect(await box.remembered()).toBe(0)
  })

  it('bears it again when it comes back', async () => {
    const id = await box.receive({ from: asAnother })
    await box.goBack()
    const entries = [{ of: 'address' as const, value: asAnother }]
    await box.own({ direction: 'two-way', neverLog: [{ kind: 'any-party', entries }] })
    await box.apply()
    await box.goBack()
    await box.own({ direction: 'two-way' })
    await box.apply()
    await box.goBack()
    expect(box.inOutlook(id).categories).toEqual(['FlowCRM'])
  })

  it('is marked from before, when the rules are applied to what is there', async () => {
    await box.own({ direction: 'one-way' })
    const id = await box.receive()
    expect([await box.goBack(), await box.remembered()]).toEqual([0, 0])
    await box.own({ direction: 'two-way' })
    await box.apply()
    await box.goBack()
    expect(box.inOutlook(id).categories).toEqual(['FlowCRM'])
  })

  it('keeps what it bears when nothing is to go back any more, and nothing is written then', async () => {
    const marked = await box.receive()
    await box.goBack()
    const waiting = await box.receive()
    await box.own({ direction: 'one-way' })
    await box.goBack()
    expect([box.inOutlook(marked).categories, box.inOutlook(waiting).categories]).toEqual([
      ['FlowCRM'],
      [],
    ])
  })

  it('that is left out never bears it', async () => {
    const id = await box.receive({ categories: ['No-CRM'] })
    await box.goBack()
    expect([box.inOutlook(id).categories, box.writes()]).toEqual([['No-CRM'], 0])
  })

  it('is forgotten when the mailbox has it no more', async () => {
    const id = await box.receive()
    box.graph.mailboxes.remove(box.mailbox.providerUserId, id, { purge: true })
    await box.goBack()
    expect([await box.remembered(), box.failures]).toEqual([0, []])
  })

  it('waits behind what has just come, where it is history', async () => {
    const old = await box.deliver()
    await box.clock.advance(2 * DAY)
    await box.sync()
    const fresh = await box.receive()
    const first = await box.writeBackQueue.claim()
    expect(first?.messageId).toBe(fresh)
    expect((await box.writeBackQueue.claim())?.messageId).toBe(old.immutableId)
  })
})

describe('a mark', () => {
  it.each<CrashPoint>(['emails-written', 'write-back-wanted', 'ledger-written'])(
    'is wanted though the pass that stored the mail dies (%s)',
    async (place) => {
      const { immutableId: id } = await box.deliver()
      await box.queue.ring([box.inbox])
      await box.clock.advance(COALESCE_MS)
      const { crash, hasDied } = dyingOnce(place)
      await box.work({ crash })
      expect(hasDied()).toBe(true)
      await box.clock.advance(LEASE_MS)
      await box.sync()
      await box.goBack()
      expect(box.inOutlook(id).categories).toEqual(['FlowCRM'])
    },
  )

  it.each<CrashPoint>(['write-back-claimed', 'write-back-written', 'write-back-settled'])(
    'is put on once though who puts it on dies (%s)',
    async (place) => {
      const id = await box.receive()
      const { crash, hasDied } = dyingOnce(place)
      await box.goBack({ crash }).catch(() => undefined)
      expect(hasDied()).toBe(true)
      await box.clock.advance(LEASE_MS)
      await box.goBack()
      expect([box.inOutlook(id).categories, box.writes()]).toEqual([['FlowCRM'], 1])
      expect(await box.pending()).toBe(0)
    },
  )

  it('does not undo what its people do at the same moment', async () => {
    const id = await box.receive()
    const provider = box.providers.forMailbox(box.mailbox, 'write')
    let tries = 0
    const meanwhile: typeof provider.marks = async (messageId, signal) => {
      const seen = await provider.marks(messageId, signal)
      if (tries++ === 0) box.touch(id, { categories: ['Urgent'] })
      return seen
    }
    const watched = Object.create(provider) as typeof provider
    watched.marks = meanwhile
    await box.goBack({ providers: { forMailbox: () => watched } })
    expect([box.inOutlook(id).categories, box.failures]).toEqual([['Urgent'], ['conflict']])
    await box.clock.advance(2_000)
    await box.goBack()
    expect(box.inOutlook(id).categories).toEqual(['Urgent', 'FlowCRM'])
  })

  it('waits while Exchange is at work on what has just come', async () => {
    box.graph.knobs.mail.conflictWindowMs = 5_000
    const id = await box.receive()
    await box.goBack()
    expect(box.inOutlook(id).categories).toEqual([])
    for (let tries = 0; tries < 5; tries++) {
      await box.clock.advance(2_000)
      await box.goBack()
    }
    expect(box.inOutlook(id).categories).toEqual(['FlowCRM'])
  })
})
