import type { Browserless } from '../../sandbox/browserless.ts'
import { loadSeedMail } from '../../sandbox/load-mail.ts'
import { emailsOf, mailboxOf, watch } from '../../test/support/world.ts'
import { realClock } from '../../webhook/clock.ts'
import { Inside } from '../support/inside.ts'
import type { ServiceProcess } from '../support/service-process.ts'

/** As many as a page may have: who wrote them becomes a contact. */
const READ = 100

/** The sandbox's fortnight of mail; Alice's is in the CRM, and those who wrote to her are contacts. */
export async function fillWithMail(service: ServiceProcess, mongodbUrl: string): Promise<void> {
  await using inside = await Inside.open(mongodbUrl)
  await loadSeedMail(service.graph, realClock.now())
  service.microsoft.issuer.grantAdminConsent()
  const alice = await service.browser().signIn('alice')
  await alice.visit('/auth/connect', 'alice')
  await watch(alice, (await mailboxOf(alice)).id, ['Inbox', 'Sent Items'])
  await inside.settled()
  await meet(alice)
}

async function meet(alice: Browserless): Promise<void> {
  const { emails } = await emailsOf(alice, READ)
  const writers = new Map(emails.map(({ from }) => [from?.address.toLowerCase() ?? '', from]))
  for (const [address, from] of writers) {
    if (address === '' || address.endsWith('@contoso.test')) continue
    const body = { name: from?.name ?? '', addresses: [address] }
    await alice.json('/api/v1/contacts', { method: 'POST', body })
  }
}
