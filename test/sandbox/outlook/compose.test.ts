import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { Draft, noFields, peopleOf, peopleText } from '../../../sandbox/outlook/page/draft.ts'
import { inOutlook, resultOf, valueOf } from './support.ts'

beforeEach(() => void jest.useFakeTimers({ advanceTimers: true }))
afterEach(() => void jest.useRealTimers())

const dora = { name: 'Dora', address: 'dora@fabrikam.test' }

function aDraft(save: () => Promise<string> = async () => 'AA-1_') {
  const fields = { ...noFields, to: [dora], subject: 'Quote', bodyHtml: '<p>Hello</p>' }
  return new Draft({ composeType: 'reply', fields }, { save })
}

describe('a message being written', () => {
  it('tells an add-in what the person has put in', async () => {
    const { office, write } = await inOutlook()
    const item = await write(aDraft())
    const [recipient] = await valueOf<Office.EmailAddressDetails[]>((done) =>
      item.to.getAsync(done),
    )
    expect(recipient).toMatchObject({ displayName: 'Dora', emailAddress: dora.address })
    expect(await valueOf<string>((done) => item.subject.getAsync(done))).toBe('Quote')
    const { Text } = office.CoercionType
    expect(await valueOf<string>((done) => item.body.getAsync(Text, done))).toBe('Hello')
    expect(await valueOf((done) => item.getComposeTypeAsync(done))).toMatchObject({
      composeType: 'reply',
    })
  })

  it('takes a blind copy and a header line from an add-in, and the person sees both', async () => {
    const { write } = await inOutlook()
    const draft = aDraft()
    const item = await write(draft)
    await valueOf<void>((done) => item.bcc.addAsync(['crm@contoso.test'], done))
    const line = { 'x-flowcrm-choice': '1' }
    await valueOf<void>((done) => item.internetHeaders.setAsync(line, done))
    expect(draft.fields.bcc).toEqual([{ name: '', address: 'crm@contoso.test' }])
    expect(draft.fields.headers).toEqual(line)
    const asked = valueOf((done) =>
      item.internetHeaders.getAsync(['X-FlowCRM-Choice', 'x-b'], done),
    )
    expect(await asked).toEqual(line)
    const other = { Subject: 'Mine' }
    const refused = resultOf<void>((done) => item.internetHeaders.setAsync(other, done))
    expect(await refused).toMatchObject({ error: { code: 9031 } })
  })

  it('says that its recipients have changed, whoever changed them', async () => {
    const { office, write, settle } = await inOutlook()
    const draft = aDraft()
    const item = await write(draft)
    const told: Office.RecipientsChangedEventArgs[] = []
    const { RecipientsChanged } = office.EventType
    item.addHandlerAsync(RecipientsChanged, (event: never) => void told.push(event))
    await settle()
    draft.set('cc', [dora])
    await valueOf<void>((done) => item.to.setAsync([dora.address], done))
    await settle()
    expect(told.map(({ changedRecipientFields: { to, cc } }) => [to, cc])).toEqual([
      [false, true],
      [true, false],
    ])
  })

  it('has an id from the first save on, and one draft though it is saved twice at once', async () => {
    const { write } = await inOutlook()
    const ids: (string | null)[] = []
    const keeper = { save: async (id: string | null) => (ids.push(id), 'AA-1_') }
    const item = await write(new Draft({ composeType: 'newMail', fields: noFields }, keeper))
    const before = await resultOf<string>((done) => item.getItemIdAsync(done))
    expect(before).toMatchObject({ status: 'failed', error: { code: 9046, name: 'ItemNotSaved' } })
    const both = [1, 2].map(() => valueOf<string>((done) => item.saveAsync(done)))
    expect(await Promise.all(both)).toEqual(['AA/1+', 'AA/1+'])
    expect(ids).toEqual([null, 'AA-1_'])
  })

  it('says when it cannot be saved', async () => {
    const { write } = await inOutlook()
    const item = await write(aDraft(() => Promise.reject(new Error('full'))))
    const saved = resultOf<string>((done) => item.saveAsync(done))
    expect(await saved).toMatchObject({ error: { code: 9021, name: 'SaveError' } })
  })

  it('keeps to the limits of Outlook', async () => {
    const { write } = await inOutlook()
    const item = await write(aDraft())
    const codeOf = async (start: (done: (result: Office.AsyncResult<void>) => void) => void) =>
      (await resultOf<void>(start)).error.code
    const crowd = Array.from({ length: 101 }, (_, n) => `n${n}@fabrikam.test`)
    expect(await codeOf((done) => item.to.addAsync(crowd, done))).toBe(9012)
    expect(await codeOf((done) => item.subject.setAsync('x'.repeat(256), done))).toBe(9031)
    expect(await codeOf((done) => item.sessionData.setAsync('k', 'x'.repeat(50_000), done))).toBe(
      9051,
    )
  })

  it('reads addresses as people type them', () => {
    const typed = 'Dora <dora@fabrikam.test>; bob@contoso.test, nobody'
    expect(peopleOf(typed)).toEqual([dora, { name: '', address: 'bob@contoso.test' }])
    expect(peopleText(peopleOf(typed))).toBe('Dora <dora@fabrikam.test>; bob@contoso.test')
  })
})
