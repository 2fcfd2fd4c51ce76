import type { Session as StoredSession } from '../../../models/sign-in/session.ts'
import { Role, type Session } from '../../../models/wire/session.ts'
import type { Config } from '../../config/config.ts'

export function presentSession(
  { userId, displayName, address, workspaceId, roles, csrfToken }: StoredSession,
  sandbox: Config['sandbox'],
): Session {
  return {
    user: { id: userId, displayName, address },
    workspaceId,
    roles: roles.map((role) => Role.parse(role)),
    csrfToken,
    ...(sandbox && {
      sandbox: { faultDeskUrl: sandbox.faultDeskUrl, outlookUrl: sandbox.outlookUrl },
    }),
  }
}
