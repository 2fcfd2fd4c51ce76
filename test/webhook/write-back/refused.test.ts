import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { HOUR, MINUTE } from '../../../webhook/duration.ts'
import { ProviderError } from '../../../webhook/errors.ts'
import { DisconnectionStore } from '../../../webhook/ending/disconnect/disconnection-store.ts'
import { WriteAccess } from '../../../webhook/write-back/write-access.ts'
import { presentMailbox } from '../../../webhook/crm/present.ts'
import { aTwoWayMailbox, type TwoWayMailbox } from './a-two-way-mailbox.ts'

let box: TwoWayMailbox
beforeEach(async () => {
  box = await aTwoWayMailbox()
})
afterEach(() => box[Symbol.asyncDispose]())

const ownMailbox = async () => (await box.mailboxes.find(box.mailbox._id))!
/** What the page is told of it. */
const told = async () =>
  presentMailbox({
    ...{ mailbox: await ownMailbox(), folders: [], subscriptions: [] },
    ...{ reconcileMs: HOUR, now: box.clock.now() },
  })
const refuseWrites = (count: number) => box.graph.desk.failRequests(403, count, { method: 'PATCH' })
const requests = () => box.twin.seen.length

/** A token of this shape, which nobody need have signed to be shown. */
const tokenWith = (scp: string) =>
  ['', Buffer.from(JSON.stringify({ scp })).toString('base64url'), ''].join('.')
const accessWith = (accessTokenFor: () => Promise<string>) =>
  new WriteAccess({ ...box, mailTokens: { accessTokenFor } })
const noConsent = () =>
  Promise.reject(
    new ProviderError('consent-needed', 'after-reconnect', 'no', { providerCode: '65001' }),
  )

describe('a mailbox that may not be written to', () => {
  it('is read all the same, and says so, and what to do', async () => {
    const id = await box.receive()
    refuseWrites(2) // a new token is tried first
    await box.goBack()
    expect((await told()).writeRefused).toMatchObject({ code: 'UnknownError' })
    expect(box.shown).toEqual([box.mailbox._id])
    await box.receive()
    expect((await told()).status).toBe('connected')
    expect([(await box.storedEmails()).length, box.inOutlook(id).categories]).toEqual([2, []])
  })

  it('is left alone for an hour, whatever waits for it', async () => {
    for (let n = 0; n < 3; n++) await box.receive()
    refuseWrites(2)
    await box.goBack()
    const before = requests()
    await box.clock.advance(HOUR - MINUTE)
    expect([await box.goBack(), requests() - before]).toEqual([0, 0])
    await box.clock.advance(MINUTE)
    await box.goBack()
    expect((await told()).writeRefused).toBeUndefined()
    expect([box.writes(), await box.pending()]).toEqual([2 + 3, 0])
  })

  it('is written to as soon as somebody has allowed it', async () => {
    const id = await box.receive()
    refuseWrites(2)
    await box.goBack()
    await accessWith(async () => tokenWith('Mail.Read Mail.ReadWrite')).look(box.mailbox._id)
    expect((await told()).writeRefused).toBeUndefined()
    await box.goBack()
    expect(box.inOutlook(id).categories).toEqual(['FlowCRM'])
  })

  it('says nothing any more when nothing is to go back', async () => {
    await box.receive()
    refuseWrites(2)
    await box.goBack()
    await box.own({ direction: 'one-way' })
    expect((await told()).writeRefused).toBeUndefined()
  })

  it('says nothing any more when the organization has it so, at the next try', async () => {
    await box.own({})
    await box.policy({ direction: 'two-way' })
    await box.receive()
    refuseWrites(2)
    await box.goBack()
    await box.policy({ direction: 'one-way' })
    expect((await told()).writeRefused).toBeDefined()
    await box.clock.advance(HOUR)
    await box.goBack()
    expect((await told()).writeRefused).toBeUndefined()
  })
})

describe('the right to write', () => {
  it('is found missing as soon as both ways are chosen', async () => {
    await accessWith(noConsent).look(box.mailbox._id)
    expect((await told()).writeRefused).toMatchObject({ code: '65001' })
    expect((await told()).light.colour).not.toBe('red')
    const { writeRefused } = await box.desk.ofMailbox(box.mailbox)
    expect(writeRefused?.sentence).toContain('AADSTS65001')
  })

  it('is missing where a token says that it was not granted', async () => {
    await accessWith(async () => tokenWith('Mail.Read')).look(box.mailbox._id)
    expect((await told()).writeRefused).toMatchObject({ code: 'Mail.ReadWrite' })
  })

  it('is not judged while Microsoft does not answer', async () => {
    const silent = () => Promise.reject(new ProviderError('provider-unavailable', 'later', 'no'))
    await accessWith(silent).look(box.mailbox._id)
    expect((await told()).writeRefused).toBeUndefined()
  })

  it('is asked for where somebody wants both ways, and only there', async () => {
    const { workspaceId, providerUserId: userId } = box.mailbox
    const access = accessWith(noConsent)
    const nobodyYet = { workspaceId, userId: 'not-connected-yet' }
    expect(await access.isWanted({ workspaceId, userId })).toBe(true)
    expect(await access.isWanted(nobodyYet)).toBe(false)
    await box.own({ direction: 'one-way' })
    expect(await access.isWanted({ workspaceId, userId })).toBe(false)
    await box.policy({ direction: 'two-way' })
    expect(await access.isWanted(nobodyYet)).toBe(true)
  })
})

describe('writing back', () => {
  it('rests while the mailbox is paused, and goes on when it is resumed', async () => {
    const id = await box.receive()
    await box.mailboxes.pause(box.mailbox._id, { at: box.clock.now(), byName: 'Alice' })
    await box.goBack()
    expect(box.writes()).toBe(0)
    await box.mailboxes.pause(box.mailbox._id, null)
    await box.writeBackQueue.soon(box.mailbox._id)
    await box.goBack()
    expect(box.inOutlook(id).categories).toEqual(['FlowCRM'])
  })

  it('leaves history for later while reading needs what the mailbox can be asked', async () => {
    await box.deliver()
    await box.clock.advance(48 * HOUR)
    await box.sync()
    const fresh = await box.receive()
    const busy = { ...box.providers, load: () => ({ used: 6_000, most: 10_000 }) }
    await box.goBack({ providers: busy })
    expect([box.writes(), box.inOutlook(fresh).categories]).toEqual([1, ['FlowCRM']])
    await box.clock.advance(5 * MINUTE)
    await box.goBack()
    expect(box.writes()).toBe(2)
  })

  it('waits as long as Graph asks for', async () => {
    const id = await box.receive()
    box.graph.desk.failRequests(503, 1, { method: 'PATCH', retryAfterSeconds: 120 })
    await box.goBack()
    expect(box.failures).toEqual(['provider-unavailable'])
    await box.clock.advance(119_000)
    expect(await box.goBack()).toBe(0)
    await box.clock.advance(1_000)
    await box.goBack()
    expect(box.inOutlook(id).categories).toEqual(['FlowCRM'])
  })

  it('ends with a mailbox that is disconnected', async () => {
    await box.receive()
    await box.goBack()
    await box.receive()
    const at = box.clock.now()
    await new DisconnectionStore(box.db).begin(box.mailbox._id, {
      ...{ at, mail: 'keep', dueAt: at, done: 0, total: 0, leaving: [], tokens: null },
    })
    await box.goBack()
    expect([box.writes(), await box.remembered()]).toEqual([1, 1])
  })
})
