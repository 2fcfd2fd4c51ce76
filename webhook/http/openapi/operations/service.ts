import { z } from 'zod'
import { AddinSettings } from '../../../../models/wire/addin-settings.ts'
import { StatementKeySet } from '../../../../models/wire/statement.ts'
import { NotificationBatch } from '../../../notifications/schema.ts'
import type { Operation } from '../operation.ts'

const Health = z.object({ status: z.string() })
const example = {
  value: [{ subscriptionId: '7f105c7d-2dc5-4530-97cd-4e7ae6534c07', clientState: 'a-secret' }],
}

/** What Microsoft 365 and those who run the service call. */
export const serviceOperations: Operation[] = [
  {
    ...{ method: 'get', path: '/api/v1/openapi.json', id: 'getApi', tag: 'Service' },
    ...{ access: 'anyone', summary: 'This document' },
    answers: { 200: { about: 'OpenAPI 3.1.', type: 'application/json' } },
  },
  {
    ...{ method: 'get', path: '/settings.json', id: 'getSettings', tag: 'Service' },
    ...{ access: 'anyone', summary: 'What the pane needs before anybody is signed in' },
    answers: { 200: { about: 'Nothing secret.', json: { AddinSettings } } },
  },
  {
    ...{ method: 'get', path: '/.well-known/flowcrm-statement-keys.json', id: 'getKeys' },
    ...{ tag: 'Proof', access: 'anyone', summary: 'The public keys of statements and checkpoints' },
    answers: { 200: { about: 'A JSON Web Key Set.', json: { StatementKeySet } } },
  },
  {
    ...{ method: 'get', path: '/healthz', id: 'getHealth', tag: 'Service', access: 'anyone' },
    summary: 'The process answers',
    answers: { 200: { about: 'It does.', json: { Health }, example: { status: 'ok' } } },
  },
  {
    ...{ method: 'get', path: '/readyz', id: 'getReadiness', tag: 'Service', access: 'anyone' },
    summary: 'The instance takes work',
    answers: { 200: { about: 'It does.', json: { Health }, example: { status: 'ready' } } },
  },
  {
    ...{ method: 'get', path: '/metrics', id: 'getMetrics', tag: 'Service', access: 'metrics' },
    summary: 'For Prometheus',
    answers: { 200: { about: 'Figures.', type: 'text/plain' } },
  },
  ...(['notifications', 'lifecycle'] as const).map((kind): Operation => {
    return {
      ...{ method: 'post', path: `/webhooks/graph/${kind}`, id: `${kind}FromGraph` },
      ...{ tag: 'Service', access: 'graph', summary: `Where Microsoft Graph sends ${kind}` },
      query: z.object({ validationToken: z.string().max(4_096).optional() }),
      body: { json: { NotificationBatch }, example },
      answers: {
        200: { about: 'The handshake: the token it gave.', type: 'text/plain' },
        202: { about: 'Written down; the same for genuine and forged.' },
      },
    }
  }),
]
