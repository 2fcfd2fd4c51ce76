import { people } from '../../../../../sandbox/sign-in/directory.ts'
import { forPane, forSome, type Row } from '../row.ts'

const open = { internetMessageId: '<nobody@has.this>', mailboxAddress: people.alice.mail }
/** What is of Alice's workspace is as good as not there for the pane of another. */
const ofAlice = { 'alice’s add-in': 200, 'carol’s add-in': 404, others: 401 }
const draft = {
  ...{ mailboxAddress: people.alice.mail, to: [], cc: [], bcc: [] },
  ...{ categories: [], sensitivity: null, choiceId: null },
}
const chosen = {
  id: '7d0f8b7e-4c55-4f0a-9a1e-0c5a4b0f6d21',
  ...{ mailboxAddress: people.alice.mail, log: true, track: false, copied: false },
}
const CONTACTS = '/api/v1/addin/contacts'

export const paneRows: Row[] = [
  forPane('POST /api/v1/addin/look', 200, { body: { ...open, from: null, to: [], cc: [] } }),
  forSome(
    'POST /api/v1/addin/conversation',
    { ...ofAlice, 'alice’s add-in': 404 },
    {
      body: { ...open, keepOut: true },
    },
  ),
  forPane('POST /api/v1/addin/compose', 200, { body: draft }),
  forPane('POST /api/v1/addin/compose/choice', 200, { body: chosen }),
  forSome('POST /api/v1/addin/explain', ofAlice, { body: open }),
  forPane(`POST ${CONTACTS}/search`, 200, { body: { q: 'carol' } }),
  forPane(`POST ${CONTACTS}`, 201, { body: { name: 'New' } }),
  forSome(`POST ${CONTACTS}/addresses`, ofAlice, {
    body: ({ contact: contactId }) => ({ contactId, address: 'carol@elsewhere.example' }),
  }),
  forSome('POST /api/v1/addin/pins', ofAlice, {
    body: ({ email: emailId, contact: contactId }) => ({ emailId, contactId, belongs: true }),
  }),
]
