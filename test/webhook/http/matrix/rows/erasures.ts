import { forAdmins, forSome, type Row } from '../row.ts'

const PATH = '/api/v1/people'
/** Known to nobody: what is in the matrix's workspaces stays for the other rows. */
const stranger = { body: { addresses: ['nobody@stranger.example'] } }

/** Of one workspace's administrators; another one's find nothing. */
const forItsAdmins = (route: string) =>
  forSome(
    route,
    {
      ...{ admin: 200, 'carol of another tenant': 404, alice: 403, bob: 403, auditor: 403 },
      others: 401,
    },
    { params: { id: 'erasure' } },
  )

export const erasureRows: Row[] = [
  forAdmins(`POST ${PATH}/erasures/dry-run`, 200, stranger),
  forAdmins(`POST ${PATH}/erasures`, 202, stranger),
  forAdmins(`GET ${PATH}/erasures`, 200),
  forItsAdmins(`GET ${PATH}/erasures/{id}`),
  forItsAdmins(`GET ${PATH}/erasures/{id}/report`),
  forAdmins(`POST ${PATH}/lift`, 200, { body: { addresses: ['another@stranger.example'] } }),
  forAdmins(`POST ${PATH}/export`, 200, stranger),
]
