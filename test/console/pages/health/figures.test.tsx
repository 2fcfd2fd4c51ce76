/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { ActivityEntry } from '../../../../models/wire/health/activity.ts'
import type { SupportBundle } from '../../../../models/wire/health/support-bundle.ts'
import { aProblem, type Answer } from '../../support/fake-service.ts'
import { aFolder, aMailbox } from '../../support/fixtures.ts'
import { openConsole } from '../../support/open-console.tsx'
import { at, HEALTH, health, open, withMailbox } from './facts.ts'

const BUNDLE = 'GET /api/v1/mailboxes/m-alice/support-bundle'

describe('the delay of new mail', () => {
  const lag = {
    ...{ messages: 120, since: at },
    ...{ provider: { p50Ms: 1_800, p95Ms: 6_200 }, ours: { p50Ms: 240, p95Ms: 900 } },
  }

  it('is told apart: Microsoft 365’s and ours', async () => {
    await using _page = await openConsole(
      withMailbox((service) =>
        service.instead.set(
          HEALTH,
          health({ lag, lastAnnouncedAt: at, requests: { used: 95, most: 100 } }),
        ),
      ),
      '/mailboxes',
    )
    await open('Delay and requests')
    const table = await screen.findByRole('table', { name: /The latest 120 new mails/ })
    const rows = within(table)
      .getAllByRole('row')
      .map(({ textContent }) => textContent)
    expect(rows.slice(1)).toEqual([
      'Microsoft 365, to say that it is there1.8 s6.2 s',
      'FlowCRM, to store it240 ms900 ms',
    ])
    expect(screen.getByText(/last announced a mail/)).toBeTruthy()
    const bar = screen.getByRole('progressbar', { name: /Requests to Microsoft 365/ })
    expect(bar.getAttribute('aria-valuetext')).toBe('95 of 100')
    expect(screen.getByText(/The limit is near/)).toBeTruthy()
  })

  it('says that there is nothing to measure yet, and lets one try again when it does not load', async () => {
    await using page = await openConsole(
      withMailbox((service) =>
        service.instead.set(HEALTH, aProblem(503, 'store-unavailable', 'The database rests.')),
      ),
      '/mailboxes',
    )
    await open('Delay and requests')
    expect(await screen.findByText('The database rests.')).toBeTruthy()
    page.service.instead.set(HEALTH, health())
    await open('Try again')
    expect(await screen.findByText(/nothing to measure yet/)).toBeTruthy()
  })

  it('is not there for a mailbox that watches nothing', async () => {
    await using _page = await openConsole(
      withMailbox((service) => (service.mailboxes = [aMailbox({ folders: [] })])),
      '/mailboxes',
    )
    await screen.findByRole('button', { name: 'Test Sync' })
    expect(screen.queryByRole('button', { name: 'Delay and requests' })).toBeNull()
  })
})

describe('the activity', () => {
  const ACTIVITY = 'GET /api/v1/mailboxes/m-alice/activity'
  const entry = (over: Partial<ActivityEntry> = {}): ActivityEntry => ({
    ...{ at, kind: 'comparison', severity: 'info', folderName: 'Inbox' },
    ...{ sentence: 'All messages agree.' },
    ...over,
  })
  const answered = (...entries: ActivityEntry[]): Answer => ({
    status: 200,
    body: { entries, isCut: false },
  })

  it('tells what was done and what went wrong, and can be narrowed by kind and time', async () => {
    const wrong = entry({ severity: 'error', sentence: 'Reading has failed.', folderName: null })
    await using page = await openConsole(
      withMailbox((service) => service.instead.set(ACTIVITY, answered(entry(), wrong))),
      '/mailboxes',
    )
    await open('Activity')
    const list = await screen.findByRole('list', { name: 'Activity' })
    const lines = within(list)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent)
    expect(lines[0]).toMatch(/^Inbox: All messages agree\./)
    expect(lines[1]).toMatch(/^Wrong: Reading has failed\./)

    page.service.instead.set(ACTIVITY, answered())
    fireEvent.change(screen.getByRole('combobox', { name: 'Show' }), {
      target: { value: 'comparison' },
    })
    expect(await screen.findByText(/There is nothing like that/)).toBeTruthy()
    const query = () =>
      new URLSearchParams(page.service.queries.get('/api/v1/mailboxes/m-alice/activity'))
    expect(query().get('kind')).toBe('comparison')
    expect(query().get('since')).toBeNull()
    fireEvent.change(screen.getByRole('combobox', { name: 'Since' }), { target: { value: 'day' } })
    await waitFor(() => expect(query().get('since')).toMatch(/^\d{4}-/))
  })

  it('lets one try again when it does not load', async () => {
    await using page = await openConsole(
      withMailbox((service) =>
        service.instead.set(ACTIVITY, aProblem(503, 'store-unavailable', 'The database rests.')),
      ),
      '/mailboxes',
    )
    await open('Activity')
    expect(await screen.findByText('The database rests.')).toBeTruthy()
    page.service.instead.set(ACTIVITY, answered(entry()))
    await open('Try again')
    expect(await screen.findByText(/All messages agree/)).toBeTruthy()
  })
})

describe('the support bundle', () => {
  const bundle: SupportBundle = {
    ...{ format: 'flowcrm-support-bundle/1', at, lag: null, lastTest: null },
    service: { version: '1.0.0', ruleVersion: 3, node: 'v22.0.0', instances: [] },
    configuration: { set: ['graphUrl'], notSet: ['secrets.oldRootKey'] },
    mailbox: {
      ...{ id: 'm-alice', owner: 'digest', authMode: 'delegated', status: 'connected' },
      ...{ light: 'green', trouble: null, paused: null },
      settings: { pollEveryMinutes: null, windowDays: null, sharing: null },
    },
    ...{ folders: [], subscriptions: [] },
  }

  it('is shown part by part before it is downloaded, and the file is what was shown', async () => {
    await using page = await openConsole(
      withMailbox((service) => service.instead.set(BUNDLE, { status: 200, body: bundle })),
      '/mailboxes',
    )
    await open('Support bundle')
    expect(page.service.requests.some(({ path }) => path.endsWith('/support-bundle'))).toBe(false)
    await open('Put it together')
    const list = await screen.findByRole('list', { name: 'What is in the bundle' })
    expect(within(list).getAllByRole('listitem')).toHaveLength(7)
    await open('Settings of the service')
    const region = screen.getByRole('region', { name: 'Settings of the service' })
    expect(JSON.parse(region.textContent ?? '')).toEqual(bundle.configuration)
    const file = screen.getByText('Download the bundle').closest('a')!
    expect(file.download).toBe('flowcrm-support-bundle-2026-11-20.json')
    const [, json = ''] = file.href.split(/,(.*)/s)
    expect(JSON.parse(decodeURIComponent(json))).toEqual(bundle)
  })

  it('says why it could not be put together', async () => {
    await using _page = await openConsole(
      withMailbox((service) =>
        service.instead.set(BUNDLE, aProblem(503, 'store-unavailable', 'The database rests.')),
      ),
      '/mailboxes',
    )
    await open('Support bundle')
    await open('Put it together')
    expect((await screen.findByRole('alert')).textContent).toContain('The database rests.')
  })
})

describe('a mailbox that is disconnected', () => {
  it('is neither tested nor bundled', async () => {
    const ended = aMailbox({ status: 'disconnected', folders: [aFolder()] })
    await using _page = await openConsole(
      withMailbox((service) => (service.mailboxes = [ended])),
      '/mailboxes',
    )
    await screen.findByRole('list', { name: 'Mailboxes' })
    expect(screen.queryByRole('button', { name: 'Test Sync' })).toBeNull()
    expect(screen.queryByRole('button', { name: 'Support bundle' })).toBeNull()
  })
})
