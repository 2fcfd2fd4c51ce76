import type { Route } from '../http/route.ts'
import { PERMISSIONS } from '../mail/access.ts'
import { folderDelta } from './folders.ts'
import { messageDelta, type DeltaDeps } from './messages.ts'

/** All delta operations: the messages of one folder, and the folders of a mailbox (graph-contract 3). */
export const deltaRoutes = (deps: DeltaDeps): Route[] => [
  {
    method: 'GET',
    pattern: 'users/:user/mailFolders/:folder/messages/delta',
    permissions: PERMISSIONS.readBasic,
    handle: (request, params) => messageDelta(deps, request, params),
  },
  {
    method: 'GET',
    pattern: 'users/:user/mailFolders/delta',
    permissions: PERMISSIONS.readBasic,
    handle: (request, params) => folderDelta(deps, request, params),
  },
]
