import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import type { ItemAttachment } from '../../../sandbox/outlook/outlook-mail.ts'
import { aMail, inOutlook, resultOf, valueOf } from './support.ts'

beforeEach(() => void jest.useFakeTimers({ advanceTimers: true }))
afterEach(() => void jest.useRealTimers())

const file = (id: string, over: Partial<ItemAttachment> = {}): ItemAttachment => ({
  ...{ id, name: `${id}.pdf`, kind: 'file', contentType: 'application/pdf', size: 3 },
  ...{ isInline: false, contentId: null },
  ...over,
})

const page = {
  attachmentBytes: async (_message: string, id: string) => new TextEncoder().encode(`of ${id}`),
  reply: jest.fn(),
  showMessage: jest.fn(),
  closePane: jest.fn(),
}

describe('a message that is read', () => {
  it('gives the bytes of a file, the mail of a mail, and of nothing else', async () => {
    const { open } = await inOutlook('web', page)
    const attachments = [
      file('quote'),
      file('mail', { kind: 'item' }),
      file('link', { kind: 'cloud' }),
      file('film', { size: 26 * 1_024 * 1_024 }),
    ]
    const item = await open(aMail({ attachments }))
    expect(item.attachments.map(({ name, size }) => [name, size])[0]).toEqual(['quote.pdf', 3])
    const contentOf = (id: string) =>
      resultOf<Office.AttachmentContent>((done) => item.getAttachmentContentAsync(id, done))
    expect((await contentOf('quote')).value).toEqual({
      content: btoa('of quote'),
      format: 'base64',
    })
    expect((await contentOf('mail')).value).toEqual({ content: 'of mail', format: 'eml' })
    expect((await contentOf('link')).error.code).toBe(9043)
    expect((await contentOf('film')).error.code).toBe(9000)
    expect((await contentOf('none')).error.code).toBe(9003)
  })

  it('gives its header lines as one text', async () => {
    const { open } = await inOutlook()
    const headers = [
      { name: 'Subject', value: 'Quote' },
      { name: 'x-flowcrm-choice', value: '1' },
    ]
    const item = await open(aMail({ headers }))
    const lines = await valueOf<string>((done) => item.getAllInternetHeadersAsync(done))
    expect(lines).toBe('Subject: Quote\r\nx-flowcrm-choice: 1')
  })

  it('keeps what an add-in stores with it, up to 2,500 characters', async () => {
    const { open } = await inOutlook()
    const load = async (item: Office.MessageRead) =>
      valueOf<Office.CustomProperties>((done) => item.loadCustomPropertiesAsync(done))
    const first = await load(await open(aMail({ id: 'a' })))
    first.set('logged', 'yes')
    await valueOf<void>((done) => first.saveAsync(done))
    const other = await load(await open(aMail({ id: 'b' })))
    expect(other.get('logged')).toBeUndefined()
    const again = await load(await open(aMail({ id: 'a' })))
    expect(again.getAll()).toEqual({ logged: 'yes' })
    again.set('long', 'x'.repeat(2_500))
    expect(await resultOf<void>((done) => again.saveAsync(done))).toMatchObject({
      status: 'failed',
    })
  })

  it('shows five notifications, on a phone one', async () => {
    for (const [client, most] of [
      ['web', 5],
      ['ios', 1],
    ] as const) {
      const { open, office } = await inOutlook(client)
      const item = await open(aMail())
      const type = office.MailboxEnums.ItemNotificationMessageType?.ProgressIndicator
      const details = { type, message: 'Logging …' } as Office.NotificationMessageDetails
      const add = (key: string) =>
        resultOf<void>((done) => item.notificationMessages.addAsync(key, details, done))
      for (let n = 0; n < most; n++) expect((await add(`k${n}`)).status).toBe('succeeded')
      expect((await add('one more')).error.code).toBe(9025)
    }
  })

  it('keeps the settings of an add-in, up to 32 KB', async () => {
    const { office } = await inOutlook()
    const { roamingSettings } = office.context
    roamingSettings.set('theme', 'dark')
    await valueOf<void>((done) => roamingSettings.saveAsync(done))
    roamingSettings.set('long', 'x'.repeat(33 * 1_024))
    const saved = resultOf<void>((done) => roamingSettings.saveAsync(done))
    expect(await saved).toMatchObject({ error: { code: 9019 } })
  })

  it('hands back the context a call was made with', async () => {
    const { open, office } = await inOutlook()
    const item = await open(aMail())
    const { Html } = office.CoercionType
    const asked = resultOf<string>((done) =>
      item.body.getAsync(Html, { asyncContext: 'mine' }, done),
    )
    expect(await asked).toMatchObject({ asyncContext: 'mine' })
  })
})

describe('what a client has not got', () => {
  it('is absent, and does not fail', async () => {
    const members = async (client: 'web' | 'mac-classic' | 'on-premises' | 'ios') => {
      const { open, office } = await inOutlook(client)
      const item = await open(aMail({ id: 'AA-1' }))
      const { mailbox, requirements, officeTheme } = office.context
      return {
        headers: 'getAllInternetHeadersAsync' in item,
        files: 'getAttachmentContentAsync' in item,
        selected: 'getSelectedItemsAsync' in mailbox,
        converts: 'convertToRestId' in mailbox,
        theme: officeTheme !== undefined,
        itemId: item.itemId,
        sets: ['1.5', '1.6', '1.8', '1.16'].filter((set) =>
          requirements.isSetSupported('Mailbox', set),
        ),
      }
    }
    const all = { headers: true, files: true, selected: true, converts: true, theme: true }
    const classic = { ...all, selected: false, theme: false }
    const old = { ...classic, headers: false, files: false }
    const phone = { ...old, converts: false }
    const sets = ['1.5', '1.6', '1.8', '1.16']
    expect(await members('web')).toEqual({ ...all, itemId: 'AA/1', sets })
    expect(await members('mac-classic')).toEqual({
      ...{ ...classic, itemId: 'AA/1', sets: sets.slice(0, 3) },
    })
    expect(await members('on-premises')).toEqual({ ...old, itemId: 'AA/1', sets: sets.slice(0, 2) })
    expect(await members('ios')).toEqual({ ...phone, itemId: 'AA-1', sets: sets.slice(0, 1) })
  })

  it('has no limit to its calls on Windows', async () => {
    const { open, office } = await inOutlook('windows')
    const item = await open(aMail())
    const bodies = Array.from({ length: 8 }, () =>
      valueOf<string>((done) => item.body.getAsync(office.CoercionType.Html, done)),
    )
    expect(await Promise.all(bodies)).toHaveLength(8)
  })
})

describe('several messages chosen', () => {
  it('leave no item, and are told by the list', async () => {
    const { bridge, office, settle } = await inOutlook()
    const heard: string[] = []
    const { SelectedItemsChanged } = office.EventType
    office.context.mailbox.addHandlerAsync(SelectedItemsChanged, () => heard.push('chosen'))
    await settle()
    bridge.select([aMail({ id: 'a', subject: 'A' }), aMail({ id: 'b', subject: 'B' })])
    await settle()
    expect(office.context.mailbox.item).toBeNull()
    const list = await valueOf<Office.SelectedItemDetails[]>((done) =>
      office.context.mailbox.getSelectedItemsAsync(done),
    )
    expect([heard, list.map(({ subject }) => subject)]).toEqual([['chosen'], ['A', 'B']])
  })
})
