import { people, tenants } from '../../../../sandbox/sign-in/directory.ts'
import type { AppContext } from '../../../../webhook/context.ts'
import type { SeenEmail } from '../../../../webhook/store/email-store.ts'

/** What Alice's workspace has of contacts; the suggestion is hers alone. */
export type ContactObjects = Record<
  | 'contact'
  | 'twin'
  | 'company'
  | 'suggestion'
  | 'merge'
  | 'contactImport'
  | 'note'
  | 'task'
  | 'paneTask',
  string
>

type Parts = Pick<AppContext, 'contactDesks' | 'followUpDesks' | 'onStored'>

export async function contactsOfAlice(
  { contactDesks, followUpDesks, onStored }: Parts,
  seen: SeenEmail,
): Promise<ContactObjects> {
  const workspaceId = tenants.contoso.id
  const roles = ['member'] as const
  const alice = { workspaceId, userId: people.alice.oid, displayName: 'Alice', roles }
  const create = async (name: string) =>
    (await contactDesks.contacts.create(alice, { name, jobTitle: '', phone: '', addresses: [] })).id
  await onStored(workspaceId, [{ seen, isMachineMail: false }])
  const { suggestions } = await contactDesks.suggestions.page(alice, { limit: 1, cursor: null })
  const company = await contactDesks.companies.create(alice, { name: 'Customer', domains: [] })
  const [keptId, absorbedId] = [await create('Kept'), await create('Absorbed')]
  const merge = await contactDesks.merges.merge(alice, { keptId, absorbedId })
  const read = await contactDesks.imports.run(alice, Buffer.from('email\r\neve@x.example'))
  const contact = await create('Carol')
  const wanted = { contactId: contact, title: 'Call her', dueOn: null }
  const taskId = async () => (await followUpDesks.tasks.create(alice, wanted)).id
  const about = { contactIds: [contact], emailId: null, text: 'Likes tea.' }
  const note = await followUpDesks.notes.write(alice, about)
  return {
    ...{ note: note.id, task: await taskId(), paneTask: await taskId() },
    ...{ contact, twin: await create('C. Jones'), company: company.id },
    ...{ suggestion: suggestions[0]?.id ?? '', merge: merge.id, contactImport: read.id },
  }
}
