/** @jest-environment jsdom */
import { beforeEach, describe, expect, it, jest } from '@jest/globals'
import { createOfficeCall } from '../../../addin/office/host.ts'
import { watchSelection } from '../../../addin/office/selection.ts'
import { aReadItem, FakeOffice, later, succeed, type FakeItem } from '../support/fake-office.ts'

function watching(fake: FakeOffice) {
  const seen: string[] = []
  const selection = watchSelection(fake.office, createOfficeCall(fake.office), {
    onItem: (item) => seen.push(item.kind === 'message' ? item.message.subject : item.kind),
    onFailure: (error) => seen.push(String(error)),
  })
  return { seen, selection }
}

const mail = (subject: string, over: FakeItem = {}) =>
  aReadItem({ subject, itemId: subject, ...over })
const changed = (fake: FakeOffice) => fake.handlers.get('olkItemSelectedChanged')?.()
const settled = () => jest.advanceTimersByTimeAsync(20)

beforeEach(() => void jest.useFakeTimers())

describe('watching what is open', () => {
  it('tells of the message open at the start, then of each next one', async () => {
    const fake = new FakeOffice(mail('first'))
    const { seen } = watching(fake)
    await settled()
    fake.mailbox.item = mail('second')
    changed(fake)
    fake.mailbox.item = null
    await settled()
    changed(fake)
    await settled()
    expect(seen).toEqual(['first', 'second', 'none'])
  })

  it('drops an answer that a newer one has overtaken', async () => {
    let answerSlowly = () => {}
    const slow = {
      getSharedPropertiesAsync: ((
        done: (result: Office.AsyncResult<Office.SharedProperties>) => void,
      ) => {
        answerSlowly = () =>
          done(succeed({ targetMailbox: 'sales@contoso.test' } as Office.SharedProperties))
      }) as Office.MessageRead['getSharedPropertiesAsync'],
    }
    const fake = new FakeOffice(mail('slow', slow))
    const { seen } = watching(fake)
    await settled()
    fake.mailbox.item = mail('quick')
    changed(fake)
    await settled()
    answerSlowly()
    await settled()
    expect(seen).toEqual(['quick'])
  })

  it('notices on focus a change Outlook did not tell of, and only a change', async () => {
    const fake = new FakeOffice(mail('first'))
    const { seen } = watching(fake)
    await settled()
    window.dispatchEvent(new Event('focus'))
    await settled()
    expect(seen).toEqual(['first'])
    fake.mailbox.item = mail('missed')
    window.dispatchEvent(new Event('focus'))
    await settled()
    expect(seen).toEqual(['first', 'missed'])
  })

  it('goes on by focus where Outlook refuses the event', async () => {
    const fake = new FakeOffice(mail('first'))
    fake.mailbox.addHandlerAsync = (_type, _handler, done) =>
      done &&
      later(done, {
        status: 'failed',
        error: { code: 5001 },
      } as unknown as Office.AsyncResult<void>)
    const { seen } = watching(fake)
    await settled()
    fake.mailbox.item = mail('second')
    window.dispatchEvent(new Event('focus'))
    await settled()
    expect(seen).toEqual(['first', 'second'])
  })

  it('is quiet once stopped', async () => {
    const fake = new FakeOffice(mail('first'))
    const { seen, selection } = watching(fake)
    selection.stop()
    await settled()
    // Outlook may take the handler only after the pane has gone.
    changed(fake)
    window.dispatchEvent(new Event('focus'))
    await settled()
    expect(seen).toEqual([])
  })
})
