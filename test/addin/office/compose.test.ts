/** @jest-environment jsdom */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { createOfficeCall } from '../../../addin/office/host.ts'
import { readOpenItem } from '../../../addin/office/item.ts'
import { Draft as Written, noFields } from '../../../sandbox/outlook/page/draft.ts'
import { inOutlook } from '../../sandbox/outlook/support.ts'
import { FakeDraft } from '../support/fake-draft.ts'
import {
  FakeOffice,
  later,
  person,
  refuse,
  succeed,
  type FakeItem,
} from '../support/fake-office.ts'

const ID = '7d0f8b7e-4c55-4f0a-9a1e-0c5a4b0f6d21'

describe('a message that is being written', () => {
  it('is found as what is open, with its people and what it is marked with', async () => {
    const fake = new FakeDraft()
    fake.bcc.people.push(person('Save', 'save@flow.test'), person('A list of mine', undefined))
    const { office } = new FakeOffice(fake.item as unknown as FakeItem)
    const open = await readOpenItem(office, createOfficeCall(office))
    if (open.kind !== 'draft' || !open.draft) throw new Error(open.kind)
    expect(open.draft).toMatchObject({ canCarry: true, tellsChanges: true })
    expect(await open.draft.read()).toEqual({
      mailboxAddress: 'alice@contoso.test',
      to: [{ name: '', address: 'dora@fabrikam.test' }],
      cc: [],
      bcc: [{ name: 'Save', address: 'save@flow.test' }],
      categories: ['Blue'],
      sensitivity: null,
      choiceId: null,
    })
  })

  it('lies in the mailbox that is shared with the person', async () => {
    const fake = new FakeDraft()
    fake.item.getSharedPropertiesAsync = ((done: Parameters<typeof later>[0]) =>
      later(done, succeed({ targetMailbox: 'sales@contoso.test' } as never))) as never
    expect(await fake.open().read()).toMatchObject({ mailboxAddress: 'sales@contoso.test' })
  })

  it('carries a choice from then on, also for whoever opens it again', async () => {
    const fake = new FakeDraft()
    await fake.open().carry(ID)
    expect([...fake.headers]).toEqual([['x-flowcrm-choice', ID]])
    expect(await fake.open().read()).toMatchObject({ choiceId: ID })
  })

  it('says in our words that Outlook did not keep the choice', async () => {
    const fake = new FakeDraft()
    fake.refusal = 9041
    await expect(fake.open().carry(ID)).rejects.toMatchObject({ code: 'outlook-network' })
  })

  it('can carry nothing in an Outlook without header lines, and be read all the same', async () => {
    const draft = new FakeDraft().open('internetHeaders', 'categories', 'addHandlerAsync')
    expect(draft).toMatchObject({ canCarry: false, tellsChanges: false })
    expect(await draft.read()).toMatchObject({ categories: [], choiceId: null })
  })

  it('tells how private it is, where Outlook says so', async () => {
    const fake = new FakeDraft()
    fake.item.sensitivity = {
      getAsync: ((done: Parameters<typeof later>[0]) =>
        later(done, succeed('private' as never))) as never,
    }
    expect(await fake.open().read()).toMatchObject({ sensitivity: 'private' })
  })

  it('has no categories where Outlook refuses to tell them', async () => {
    const fake = new FakeDraft()
    fake.item.categories = {
      getAsync: (done: Parameters<typeof later>[0]) => later(done, refuse(9020)),
    } as never
    expect(await fake.open().read()).toMatchObject({ categories: [] })
  })

  it('is looked at again when its recipients change or the window is back, until that ends', async () => {
    const fake = new FakeDraft()
    let looks = 0
    const draft = fake.open()
    const stop = draft.watch(() => looks++)
    await draft.read() // by then Outlook has taken the handler
    fake.listener?.()
    window.dispatchEvent(new Event('focus'))
    expect(looks).toBe(2)
    stop()
    window.dispatchEvent(new Event('focus'))
    expect([looks, fake.listener]).toEqual([2, null])
  })
})

describe("a message that is written in the sandbox's Outlook", () => {
  beforeEach(() => void jest.useFakeTimers({ advanceTimers: true }))
  afterEach(() => void jest.useRealTimers())

  it('is read, carries a choice, takes a blind copy, and says when its recipients change', async () => {
    const { office, write, settle } = await inOutlook()
    const to = [{ name: 'Dora', address: 'dora@fabrikam.test' }]
    const keeper = { save: async () => 'AA-1_' }
    const written = new Written({ composeType: 'newMail', fields: { ...noFields, to } }, keeper)
    await write(written)
    const open = await readOpenItem(office, createOfficeCall(office))
    if (open.kind !== 'draft' || !open.draft) throw new Error(open.kind)
    const { draft } = open
    let changes = 0
    const stop = draft.watch(() => changes++)
    await draft.carry(ID)
    await draft.copyTo('save@flow.test')
    await settle()
    expect(await draft.read()).toMatchObject({
      ...{ to, choiceId: ID, categories: [], sensitivity: null },
      bcc: [{ address: 'save@flow.test' }],
    })
    expect(changes).toBe(1)
    stop()
  })
})
