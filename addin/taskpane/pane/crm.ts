import type { AddinSettings } from '../../../models/wire/addin-settings.ts'
import {
  EmailStatus,
  type EmailStatusRequest,
  type LogEmailRequest,
} from '../../../models/wire/log-email.ts'
import { ApiError } from '../../../ui/api/api-error.ts'
import { createApi } from '../../../ui/api/client.ts'
import type { Tokens } from '../../auth/tokens.ts'

/** What the pane asks of the CRM. Both reject with a Failure; code `not-signed-in` when somebody has to sign in. */
export type Crm = {
  status: (request: EmailStatusRequest) => Promise<EmailStatus>
  log: (request: LogEmailRequest) => Promise<EmailStatus>
}

export function createCrm({ apiUrl }: Pick<AddinSettings, 'apiUrl'>, tokens: Tokens): Crm {
  const headers = async () => ({ authorization: `Bearer ${await tokenFor(tokens)}` })
  const api = createApi({ baseUrl: apiUrl.replace(/\/$/, ''), headers })
  return {
    status: (request) => api.send('POST', '/api/v1/emails/status', request, EmailStatus),
    log: (request) => api.send('POST', '/api/v1/emails/log', request, EmailStatus),
  }
}

async function tokenFor(tokens: Tokens): Promise<string> {
  const token = await tokens.silent()
  if (token === null)
    throw new ApiError({ code: 'not-signed-in', detail: 'Your sign-in has ended. Sign in again.' })
  return token
}
