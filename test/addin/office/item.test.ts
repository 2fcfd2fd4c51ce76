import { describe, expect, it } from '@jest/globals'
import { createOfficeCall } from '../../../addin/office/host.ts'
import { readOpenItem, type OpenMessage } from '../../../addin/office/item.ts'
import { MAX_BODY_CHARS } from '../../../models/wire/pane/limits.ts'
import {
  aReadItem,
  FakeOffice,
  later,
  person,
  refuse,
  succeed,
  type FakeItem,
} from '../support/fake-office.ts'

const read = ({ office }: FakeOffice) => readOpenItem(office, createOfficeCall(office))

async function message(over: FakeItem = {}, fake = new FakeOffice()): Promise<OpenMessage> {
  fake.mailbox.item = aReadItem(over)
  const item = await read(fake)
  if (item.kind !== 'message') throw new Error(`read ${item.kind}`)
  return item.message
}

describe('what is open in Outlook', () => {
  it('is a message with its people, time and REST id', async () => {
    const { readBodyHtml, ...facts } = await message({ cc: [person('', 'bob@contoso.test')] })
    expect(facts).toEqual({
      itemId: 'AAMk-1_a',
      internetMessageId: '<1@fabrikam.test>',
      mailboxAddress: 'alice@contoso.test',
      subject: 'Quote',
      from: { name: 'Dora', address: 'dora@fabrikam.test' },
      to: [{ name: 'Alice', address: 'alice@contoso.test' }],
      cc: [{ name: '', address: 'bob@contoso.test' }],
      sentAt: '2026-11-21T08:00:00.000Z',
      attachments: [],
    })
    await expect(readBodyHtml()).resolves.toBe('<p>Hello</p>')
  })

  it('tells its attachments, and which of them are pictures in the text', async () => {
    const offer = { id: 'a', name: 'Offer.pdf', size: 90_210, isInline: false }
    const logo = { id: 'b', name: 'logo.png', size: 2_100, isInline: true }
    const attachments = [offer, logo] as Office.AttachmentDetails[]
    expect((await message({ attachments })).attachments).toEqual([
      { name: 'Offer.pdf', size: 90_210, isInline: false },
      { name: 'logo.png', size: 2_100, isInline: true },
    ])
  })

  it('keeps the id as it is on phones, which give REST ids', async () => {
    const fake = new FakeOffice()
    fake.mailbox.diagnostics.hostName = 'OutlookIOS'
    expect(await message({ itemId: 'AAMk-9_z' }, fake)).toMatchObject({ itemId: 'AAMk-9_z' })
  })

  it('may have no Message-ID yet', async () => {
    const found = await message({ internetMessageId: '' })
    expect(found).not.toHaveProperty('internetMessageId')
    expect(found.itemId).toBe('AAMk-1_a')
  })

  it('cannot be asked about without any id', async () => {
    await expect(message({ internetMessageId: '', itemId: '' })).rejects.toMatchObject({
      code: 'outlook-failed',
    })
  })

  it('leaves out people without an SMTP address', async () => {
    const found = await message({
      from: person('Old Exchange', '/o=Org/cn=old'),
      to: [person('My list', undefined), person('Bob', ' bob@contoso.test ')],
    })
    expect(found.from).toBeNull()
    expect(found.to).toEqual([{ name: 'Bob', address: 'bob@contoso.test' }])
  })

  it('lies in the shared mailbox it was opened from', async () => {
    const shared = {
      owner: 'sales@contoso.test',
      targetMailbox: 'sales@contoso.test',
    } as Office.SharedProperties
    const found = await message({
      getSharedPropertiesAsync: ((
        done: (result: Office.AsyncResult<Office.SharedProperties>) => void,
      ) => later(done, succeed(shared))) as Office.MessageRead['getSharedPropertiesAsync'],
    })
    expect(found.mailboxAddress).toBe('sales@contoso.test')
  })

  it('may be nothing, a draft, or no mail', async () => {
    expect(await read(new FakeOffice(null))).toEqual({ kind: 'none' })
    const draft = { itemType: 'message', subject: { getAsync: () => {} } } as unknown as FakeItem
    expect(await read(new FakeOffice(draft))).toEqual({ kind: 'draft' })
    expect(await read(new FakeOffice({ itemType: 'appointment', subject: 'Review' }))).toEqual({
      kind: 'not-mail',
    })
  })
})

describe('the body of the open message', () => {
  it('is not taken for that of another one opened meanwhile', async () => {
    const fake = new FakeOffice()
    const first = await message({}, fake)
    const body = first.readBodyHtml()
    fake.mailbox.item = aReadItem({ itemId: 'AAMk/2' })
    await expect(body).rejects.toMatchObject({ code: 'message-changed' })
  })

  it('is refused with the reason when Outlook keeps it closed', async () => {
    const body = {
      getAsync: (_coercion: string, done: (result: Office.AsyncResult<string>) => void) =>
        later(done, refuse(9016)),
    }
    const found = await message({ body })
    await expect(found.readBodyHtml()).rejects.toMatchObject({ code: 'outlook-permission' })
  })

  it.each([
    [MAX_BODY_CHARS, 'taken'],
    [MAX_BODY_CHARS + 1, 'message-too-long'],
  ])('of %i characters is %s', async (length, outcome) => {
    const body = {
      getAsync: (_coercion: string, done: (result: Office.AsyncResult<string>) => void) =>
        later(done, succeed('x'.repeat(length))),
    }
    const found = await message({ body })
    const read = found.readBodyHtml().then(
      () => 'taken',
      (error: { code: string }) => error.code,
    )
    expect(await read).toBe(outcome)
  })
})
