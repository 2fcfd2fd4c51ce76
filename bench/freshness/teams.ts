import { randomUUID } from 'node:crypto'
import type { Mailbox } from '../../models/wire/mailbox.ts'
import { tenants } from '../../sandbox/sign-in/directory.ts'
import { watch } from '../../test/support/world.ts'
import type { ServiceProcess } from '../support/service-process.ts'

/** A shared mailbox; `mailboxId` is ours, `address` the provider's. */
export type Team = { mailboxId: string; address: string }

/** An administrator connects so many shared mailboxes with the app's own permission, and their Inboxes are watched. */
export async function teamsWatch(service: ServiceProcess, count: number): Promise<Team[]> {
  const ada = await service.browser().signIn('admin')
  await ada.visit('/auth/admin-consent', 'admin')
  const teams: Team[] = []
  for (let number = 0; number < count; number++) {
    const address = `team-${number}@${tenants.contoso.domain}`
    const named = { userId: randomUUID(), address, displayName: `Team ${number}` }
    service.graph.mailboxes.addMailbox({ ...named, tenantId: tenants.contoso.id })
    const request = { method: 'POST', body: { address } }
    const { id } = await ada.json<Mailbox>('/api/v1/mailboxes', request)
    await watch(ada, id, ['Inbox'])
    teams.push({ mailboxId: id, address })
  }
  return teams
}
