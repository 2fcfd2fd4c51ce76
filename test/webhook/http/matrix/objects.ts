import { people, tenants } from '../../../../sandbox/sign-in/directory.ts'
import { aNewMailbox, anEmail, aSighting } from '../../../support/builders.ts'
import { startWorld } from '../../../support/world.ts'
import { seeInThreads } from '../../../../webhook/threads/see-in-threads.ts'
import { contactsOfAlice, type ContactObjects } from './contact-objects.ts'
import { anErasureThatIsDone } from './erasure-object.ts'
import { METRICS_TOKEN } from './identities.ts'

/** What Alice has, by which rows name it. */
export type Objects = Record<'mailbox' | 'inbox' | 'email' | 'thread' | 'erasure', string> &
  ContactObjects

/** In Alice's mail only: whoever else reads it has got hold of her mail. */
export const CANARY = 'canary-in-the-mail-of-alice'

/** The whole service, with Alice's mailbox connected and a mail of hers stored. */
export async function startMatrixWorld() {
  const world = await startWorld({
    environment: { METRICS_TOKEN, API_REQUESTS_PER_MINUTE: '1000000' },
  })
  world.microsoft.issuer.grantAdminConsent()
  const { mailboxes } = world.service.context
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
  const mail = [{ seen, conversationId: null }]
  const [stored] = await seeInThreads(world.service.context, workspaceId, mail)
  const contacts = await contactsOfAlice(world.service.context, seen)
  const inbox = world.graph.mailboxes.folder(owner, 'inbox').id
  const { emailId: email = '', threadId } = stored ?? {}
  const thread = threadId ?? ''
  const erasure = await anErasureThatIsDone(world.service.context, workspaceId)
  const objects: Objects = { mailbox: mailbox._id, inbox, email, thread, erasure, ...contacts }
  return Object.assign(world, { objects })
}
