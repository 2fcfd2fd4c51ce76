import { identityOf } from '../webhook/sync/decide/identity.ts'
import { verdictOn } from '../webhook/sync/decide/verdict.ts'
import { callsPerSecond, figure, heading, perSecond } from './figures.ts'

/** What each message costs before any I/O. */
export function benchDecide(): void {
  heading('Decisions (webhook/sync/decide)')
  const bodyHtml = '<p>Hello, this is a mail of some length.</p>'.repeat(100)
  const mail = (index: number) => ({
    internetMessageId: `<mail-${index}@customer.test>`,
    fromAddress: 'Ada@Customer.test',
    sentAt: new Date(index),
    subject: 'Delivery',
    bodyHtml,
  })
  const named = callsPerSecond((index) => [
    verdictOn({ isDraft: index % 7 === 0 }),
    identityOf(mail(index)),
  ])
  const nameless = callsPerSecond((index) =>
    identityOf({ ...mail(index), internetMessageId: null }),
  )
  figure('verdict, and identity by Message-ID', perSecond(named))
  figure('identity by fingerprint of a 4.4 kB body', perSecond(nameless))
}
