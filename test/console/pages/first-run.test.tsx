/** @jest-environment ./test/ui/support/page-environment.ts */
import { afterEach, describe, expect, it } from '@jest/globals'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { firstSteps, hasArrived } from '../../../console/first-run/steps.ts'
import type { FakeService } from '../support/fake-service.ts'
import { aFolder, aMailbox, aSession, manyEmails } from '../support/fixtures.ts'
import { openConsole } from '../support/open-console.tsx'

const GUIDE = 'Your mail in the CRM, in three steps'
const reading = (done = 300, total = 1_204) =>
  aMailbox({
    folders: [aFolder({ backfill: { done, total, finishedAt: null, secondsLeft: null } })],
  })
const guide = () => screen.findByRole('region', { name: GUIDE })
const noGuide = () =>
  waitFor(() => expect(screen.queryByRole('region', { name: GUIDE })).toBeNull())
const state = (title: string) =>
  screen.getByRole('heading', { level: 3, name: new RegExp(title) }).textContent
const withMailboxes =
  (...mailboxes: FakeService['mailboxes']) =>
  (service: FakeService) => {
    service.session = aSession()
    service.mailboxes = mailboxes
  }

afterEach(() => localStorage.removeItem('flowcrm-first-run'))

describe('the steps of who has just come', () => {
  it.each([
    ['nothing', [], ['now', 'later', 'later']],
    ['a mailbox', [aMailbox({ folders: [] })], ['done', 'now', 'later']],
    ['a folder', [reading()], ['done', 'done', 'now']],
    ['its mail', [aMailbox()], ['done', 'done', 'done']],
  ])('with %s', (_what, mailboxes, expected) => {
    const { connect, choose, arrive } = firstSteps(mailboxes)
    expect([connect, choose, arrive]).toEqual(expected)
  })

  it('are over when any folder has been read', () => {
    expect(hasArrived([reading()])).toBe(false)
    expect(hasArrived([reading(), aMailbox({ id: 'other' })])).toBe(true)
  })

  it('never show more read than there is', () => {
    expect(firstSteps([reading(10, 4)]).read).toEqual({ done: 10, total: 10 })
  })
})

describe('the guide', () => {
  it('begins with connecting, says what is read, and cannot be hidden: there is nothing else', async () => {
    await using _page = await openConsole(withMailboxes())
    const link = within(await guide()).getByRole('link', { name: 'Connect my mailbox' })
    expect(link.getAttribute('href')).toBe('/auth/connect')
    expect(
      screen.getByText(/Mail\.Read\..*unless that is chosen under Rules.*only then asks for more/),
    ).toBeTruthy()
    expect(state('Connect a mailbox')).toBe('Connect a mailbox (Next)')
    expect(screen.queryByRole('button', { name: 'Hide this guide' })).toBeNull()
    expect(screen.queryByText('For your organization')).toBeNull()
  })

  it('goes on to the folders', async () => {
    await using page = await openConsole(withMailboxes(aMailbox({ folders: [] })))
    await guide()
    expect(state('Connect a mailbox')).toBe('Connect a mailbox (Done)')
    await page.user.click(screen.getByRole('button', { name: 'Choose folders now' }))
    expect(await screen.findByRole('dialog', { name: /Choose folders of/ })).toBeTruthy()
  })

  it('shows how far the first reading is, and goes away by itself when it has ended', async () => {
    await using page = await openConsole((service) => {
      withMailboxes(reading())(service)
      service.emails = manyEmails(12)
    })
    const bar = within(await guide()).getByRole('progressbar', { name: 'The first reading' })
    expect(bar.getAttribute('aria-valuetext')).toBe('300 of 1,204 messages read')
    expect(await screen.findByText(/12 e-mails are in the CRM already/)).toBeTruthy()
    await screen.findByText('Live')
    page.service.send({ type: 'mailbox-changed', mailbox: aMailbox() })
    await noGuide()
    await waitFor(() =>
      expect(screen.getByRole('status').textContent).toMatch(/Everything is set up/),
    )
  })

  it('can be hidden, and stays hidden in this browser', async () => {
    await using page = await openConsole(withMailboxes(reading()))
    await guide()
    fireEvent.click(screen.getByRole('button', { name: 'Hide this guide' }))
    await noGuide()
    expect(document.activeElement?.textContent).toBe('Inbox')
    await page[Symbol.asyncDispose]()
    await using _again = await openConsole(withMailboxes(reading()))
    await screen.findByRole('list', { name: 'Mailboxes' })
    await noGuide()
  })

  it('is not there for who has read mail before', async () => {
    await using _page = await openConsole(
      withMailboxes(aMailbox(), { ...reading(), id: 'm-sales' }),
    )
    await screen.findByRole('list', { name: 'Mailboxes' })
    await noGuide()
  })

  it('tells an administrator what to do for everybody', async () => {
    await using _page = await openConsole((service) => {
      service.session = aSession({ roles: ['member', 'admin'] })
    })
    await guide()
    const part = screen.getByRole('region', { name: 'For your organization' })
    const link = within(part).getByRole('link', { name: 'Agree for everybody' })
    expect(link.getAttribute('href')).toBe('/auth/admin-consent')
    expect(part.textContent).toContain(location.origin)
    expect(part.textContent).toContain('/manifest.xml')
  })

  it('is what the page of mailboxes shows too while there is none', async () => {
    await using _page = await openConsole(withMailboxes(), '/mailboxes')
    await guide()
    expect(screen.getByRole('link', { name: 'Connect my mailbox' })).toBeTruthy()
  })
})
