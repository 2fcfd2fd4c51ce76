import { people, tenants } from '../../../../sandbox/sign-in/directory.ts'
import { aNewMailbox, anEmail, aSighting } from '../../../support/builders.ts'
import { startWorld } from '../../../support/world.ts'
import { contactsOfAlice, type ContactObjects } from './contact-objects.ts'
import { METRICS_TOKEN } from './identities.ts'

/** What Alice has, by which rows name it. */
export type Objects = { mailbox: string; inbox: string; email: string } & ContactObjects

/** In Alice's mail only: whoever else reads it has got hold of her mail. */
export const CANARY = 'canary-in-the-mail-of-alice'

/** The whole service, with Alice's mailbox connected and a mail of hers stored. */
export async function startMatrixWorld() {
  const world = await startWorld({
    environment: { METRICS_TOKEN, API_REQUESTS_PER_MINUTE: '1000000' },
  })
  world.microsoft.issuer.grantAdminConsent()
  const { mailboxes, emails } = world.service.context
  const { oid: owner, mail: address } = people.alice
  const workspaceId = tenants.contoso.id
  const mailbox = await mailboxes.connect(
    aNewMailbox({
      ...{ workspaceId, address, providerUserId: owner, ownerUserId: owner },
      ...{ authMode: 'app', homeAccountId: null },
    }),
  )
  const sighting = aSighting({ mailboxId: mailbox._id, ownerUserId: owner })
  const seen = anEmail({ workspaceId, subject: CANARY, bodyHtml: `<p>${CANARY}</p>`, sighting })
  const [stored] = await emails.see([seen])
  const contacts = await contactsOfAlice(world.service.context, seen)
  const inbox = world.graph.mailboxes.folder(owner, 'inbox').id
  const email = stored?.emailId ?? ''
  const objects: Objects = { mailbox: mailbox._id, inbox, email, ...contacts }
  return Object.assign(world, { objects })
}
