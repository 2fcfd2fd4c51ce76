import { forMembers, forSome, forWorkspace, type Row } from '../row.ts'

const CONTACT = '/api/v1/contacts/{id}'
const COMPANY = '/api/v1/companies/{id}'
const contact = { params: { id: 'contact' }, auditorGets: 403 } as const
const company = { params: { id: 'company' }, auditorGets: 403 } as const
const both = {
  body: ({ contact: keptId, twin: absorbedId }: Record<string, string>) => ({ keptId, absorbedId }),
  auditorGets: 403,
}
/** Of Alice: her e-mail, and those she has mail with. */
const ofAlice = (status: number) => ({
  ...{ alice: status, bob: 404, admin: 404, auditor: 403, 'carol of another tenant': 404 },
  others: 401,
})
const suggestion = { params: { id: 'suggestion' } } as const

export const contactRows: Row[] = [
  forMembers('GET /api/v1/contacts', 200),
  forMembers('POST /api/v1/contacts', 201, { body: { name: 'New' } }),
  forMembers('POST /api/v1/contacts/import/preview', 400),
  forMembers('POST /api/v1/contacts/import', 400),
  forWorkspace('GET /api/v1/contacts/import/{id}', 200, {
    ...{ params: { id: 'contactImport' }, auditorGets: 403 },
  }),
  forWorkspace(`GET ${CONTACT}`, 200, contact),
  forWorkspace(`PATCH ${CONTACT}`, 200, {
    ...{ ...contact, body: { phone: '1' }, versionFrom: CONTACT },
  }),
  forWorkspace(`GET ${CONTACT}/emails`, 200, contact),
  // There can be one who deletes it: test/webhook/http/contacts.test.ts.
  forWorkspace(`DELETE ${CONTACT}`, 404, {
    ...{ params: { id: 'email' }, auditorGets: 403, versionFrom: CONTACT },
  }),

  forMembers('GET /api/v1/companies', 200),
  forMembers('POST /api/v1/companies', 201, { body: { name: 'New' } }),
  forWorkspace(`GET ${COMPANY}`, 200, company),
  forWorkspace(`PATCH ${COMPANY}`, 200, {
    ...{ ...company, body: { name: 'Newer' }, versionFrom: COMPANY },
  }),

  forMembers('GET /api/v1/suggestions', 200),
  forSome('POST /api/v1/suggestions/{id}/dismiss', ofAlice(204), suggestion),
  forSome('POST /api/v1/suggestions/{id}/accept', ofAlice(200), { ...suggestion, body: {} }),
  forMembers('GET /api/v1/duplicates', 200),
  forMembers('GET /api/v1/merges', 200),
  forWorkspace('POST /api/v1/merges/preview', 200, both),
  forWorkspace('POST /api/v1/merges', 200, both),
  forWorkspace('POST /api/v1/merges/{id}/undo', 200, {
    ...{ params: { id: 'merge' }, auditorGets: 403 },
  }),
  forSome('GET /api/v1/emails/{id}/matches', ofAlice(200), { params: { id: 'email' } }),
  forSome('PUT /api/v1/pins', ofAlice(200), {
    body: ({ email: emailId, contact: contactId }) => ({ emailId, contactId, belongs: true }),
  }),
  forSome(
    'DELETE /api/v1/pins',
    { alice: 404, bob: 404, admin: 404, auditor: 403, 'carol of another tenant': 404, others: 401 },
    { query: '?email=nobodys&contact=nobodys' },
  ),
]
