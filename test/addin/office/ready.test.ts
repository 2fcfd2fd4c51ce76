import { afterEach, describe, expect, it, jest } from '@jest/globals'
import { officeReady, READY_TIMEOUT_MS } from '../../../addin/office/ready.ts'
import { ENUMS } from '../support/fake-office.ts'

const officeThat = (onReady: () => Promise<unknown>) =>
  ({ ...ENUMS, onReady }) as unknown as typeof Office

afterEach(() => void jest.useRealTimers())

describe('waiting for Office.js', () => {
  it('hands out Office when it runs inside Outlook', async () => {
    const office = officeThat(async () => ({ host: 'Outlook', platform: 'OfficeOnline' }))
    await expect(officeReady(office)).resolves.toBe(office)
  })

  it('says that the page is not in Outlook when the host is null', async () => {
    const office = officeThat(async () => ({ host: null, platform: null }))
    await expect(officeReady(office)).rejects.toMatchObject({ code: 'not-in-outlook' })
  })

  it('explains itself after ten seconds without an answer', async () => {
    jest.useFakeTimers()
    const waiting = officeReady(officeThat(() => new Promise(() => {})))
    const outcome = expect(waiting).rejects.toMatchObject({
      code: 'outlook-silent',
      detail: expect.stringContaining('appsforoffice.microsoft.com'),
    })
    jest.advanceTimersByTime(READY_TIMEOUT_MS)
    await outcome
  })

  it('says the same when office.js was not loaded at all', async () => {
    await expect(officeReady(undefined)).rejects.toMatchObject({ code: 'outlook-silent' })
  })
})
