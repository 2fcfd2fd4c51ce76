import { forAnybody, forAuditors, forSessions, forSome, type Row } from '../row.ts'

const bell = { value: [{ subscriptionId: 'nobody-has-this-one', clientState: 'guessed' }] }

export const serviceRows: Row[] = [
  forAnybody('GET /api/v1/openapi.json', 200),
  forAnybody('GET /settings.json', 200),
  forAnybody('GET /.well-known/flowcrm-statement-keys.json', 200),
  forAnybody('GET /healthz', 200),
  forAnybody('GET /readyz', 200),
  forAnybody('POST /webhooks/graph/notifications', 202, { body: bell }),
  forAnybody('POST /webhooks/graph/lifecycle', 202, { body: bell }),
  forSome('GET /metrics', { 'the metrics token': 200, others: 401 }),

  forAnybody('GET /auth/sign-in', 302),
  forAnybody('GET /auth/connect', 302),
  forAnybody('GET /auth/callback', 400),
  forSome('GET /auth/admin-consent', { alice: 403, bob: 403, auditor: 403, others: 302 }),
  forAnybody('GET /auth/admin-consent/callback', 400),
  forSessions('POST /auth/sign-out', 204),
  forSessions('GET /api/v1/session', 200),
  forSessions('GET /api/v1/events', 200),

  forAuditors('GET /api/v1/audit', 200),
  forAuditors('GET /api/v1/audit/verify', 200),
  forAuditors('GET /api/v1/audit/export', 200),
  forAuditors('GET /api/v1/members', 200),
]
