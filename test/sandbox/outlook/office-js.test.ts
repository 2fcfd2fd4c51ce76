import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { toEwsId } from '../../../sandbox/outlook/page/office/ids.ts'
import { installOffice } from '../../../sandbox/outlook/page/office-js.ts'
import { aMail, aPage, inOutlook, resultOf } from './support.ts'

beforeEach(() => void jest.useFakeTimers({ advanceTimers: true }))
afterEach(() => void jest.useRealTimers())

describe("the sandbox's Office.js", () => {
  it('is ready late, and says that this is Outlook on the web', async () => {
    const { info } = await inOutlook()
    expect(info).toEqual({ host: 'Outlook', platform: 'OfficeOnline' })
  })

  it('is ready with nulls outside Outlook', async () => {
    const page = aPage()
    installOffice(page, null)
    const office = Reflect.get(page, 'Office') as typeof Office
    expect(await office.onReady()).toEqual({ host: null, platform: null })
  })

  it('takes pushState and replaceState from the page, as the real one', () => {
    const page = aPage()
    installOffice(page, null)
    expect(page.history).toMatchObject({ pushState: null, replaceState: null })
  })

  it('gives EWS ids, and turns them into those of Graph', async () => {
    const { office, open } = await inOutlook()
    const item = await open(aMail({ id: 'AA-b_c=' }))
    expect(item.itemId).toBe('AA/b+c=')
    expect(toEwsId('AA-b_c=')).toBe(item.itemId)
    expect(office.context.mailbox.convertToRestId(item.itemId, 'v2.0')).toBe('AA-b_c=')
  })

  it('swaps the item before it says so', async () => {
    const { bridge, office } = await inOutlook()
    const subjectAtEvent = new Promise((resolve) =>
      office.context.mailbox.addHandlerAsync(office.EventType.ItemChanged, () =>
        resolve((office.context.mailbox.item as Office.MessageRead).subject),
      ),
    )
    await jest.advanceTimersByTimeAsync(20)
    bridge.open(aMail({ subject: 'the new one' }))
    expect(await subjectAtEvent).toBe('the new one')
  })

  it('never calls back before the call has returned', async () => {
    const { office, open } = await inOutlook()
    const item = await open(aMail())
    const body = await resultOf<string>((done) =>
      item.body.getAsync(office.CoercionType.Html, done),
    )
    expect(body).toMatchObject({ status: 'succeeded', value: '<p>Hello</p>', tooEarly: false })
    const added = await resultOf<void>((done) =>
      office.context.mailbox.addHandlerAsync(office.EventType.ItemChanged, () => {}, done),
    )
    expect(added).toMatchObject({ status: 'succeeded', tooEarly: false })
  })

  it('refuses a fourth call at once', async () => {
    const { office, open } = await inOutlook()
    const item = await open(aMail())
    const results = await Promise.all(
      [1, 2, 3, 4].map(() =>
        resultOf<string>((done) => item.body.getAsync(office.CoercionType.Html, done)),
      ),
    )
    expect(results.map(({ status }) => status)).toEqual([
      'succeeded',
      'succeeded',
      'succeeded',
      'failed',
    ])
  })

  it('refuses the body of an item that is open no more', async () => {
    const { office, open } = await inOutlook()
    const first = await open(aMail({ id: 'first' }))
    await open(aMail({ id: 'second' }))
    const body = await resultOf<string>((done) =>
      first.body.getAsync(office.CoercionType.Html, done),
    )
    expect(body).toMatchObject({
      status: 'failed',
      error: { code: 9030, name: 'APICallFailedDueToItemChange' },
    })
  })

  it('gives a draft the shape of compose', async () => {
    const { open } = await inOutlook()
    const draft = (await open(
      aMail({ isDraft: true, subject: 'Reply' }),
    )) as unknown as Office.MessageCompose
    expect(await resultOf<string>((done) => draft.subject.getAsync(done))).toMatchObject({
      value: 'Reply',
    })
  })

  it('has the sets of Outlook on the web, but for nested sign-in', async () => {
    const { requirements } = (await inOutlook()).office.context
    expect(requirements.isSetSupported('Mailbox', '1.16')).toBe(true)
    expect(requirements.isSetSupported('Mailbox', '1.17')).toBe(false)
    expect(requirements.isSetSupported('NestedAppAuth', '1.1')).toBe(false)
  })
})
