import { someKeys } from '../test/support/keys.ts'
import { identityOf } from '../webhook/sync/decide/identity.ts'
import type { Report } from './figures.ts'
import { callsPerSecond } from './timed.ts'

/** What each message costs before any I/O. */
export function benchDecide(report: Report): void {
  report.heading('Identity of a mail (webhook/sync/decide)')
  const bodyHtml = '<p>Hello, this is a mail of some length.</p>'.repeat(100)
  const mail = (index: number) => ({
    internetMessageId: `<mail-${index}@customer.test>`,
    fromAddress: 'Ada@Customer.test',
    sentAt: new Date(index),
    subject: 'Delivery',
    bodyHtml,
  })
  const { blind } = someKeys()
  const named = callsPerSecond((index) => identityOf(blind, mail(index)))
  const nameless = callsPerSecond((index) =>
    identityOf(blind, { ...mail(index), internetMessageId: null }),
  )
  report.figure('decide.byMessageIdPerS', named, 'per second')
  report.figure('decide.byFingerprintPerS', nameless, 'per second')
}
