import { fireEvent, screen } from '@testing-library/react'
import type { MailboxHealth } from '../../../../models/wire/health/mailbox-health.ts'
import type { Answer, FakeService } from '../../support/fake-service.ts'
import { aMailbox, aSession } from '../../support/fixtures.ts'

export const at = '2026-11-20T09:00:00.000Z'
export const HEALTH = 'GET /api/v1/mailboxes/m-alice/health'

const usage = {
  ...{ plan: 'professional', attachmentBytes: 1_500_000 },
  day: { used: 12, most: 10_000, endsAt: '2026-11-21T00:00:00Z' },
  stored: { used: 1_204, most: null },
}

export const health = (over: Partial<MailboxHealth> = {}): Answer => ({
  status: 200,
  body: { at, lag: null, lastAnnouncedAt: null, requests: null, lastTest: null, ...over },
})

/** A service with Alice's mailbox, and what a test sets besides. */
export const withMailbox = (set: (service: FakeService) => void) => (service: FakeService) => {
  service.session = aSession()
  service.mailboxes = [aMailbox()]
  service.instead.set(HEALTH, health())
  service.instead.set('GET /api/v1/usage', { status: 200, body: usage })
  set(service)
}

/** Presses a button when it is there. */
export const open = async (name: string) =>
  fireEvent.click(await screen.findByRole('button', { name }))
