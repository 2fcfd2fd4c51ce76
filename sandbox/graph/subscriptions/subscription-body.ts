import { z } from 'zod'
import { badPayload, invalidRequest, missingProperty } from './errors.ts'
import { CERTIFICATE_ID_CHARS, CLIENT_STATE_CHARS } from './limits.ts'

/** A zone is required (graph-contract 1.6). */
const Time = z.iso.datetime({ offset: true }).transform((text) => new Date(text))
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? undefined)

const ChangeTypes = z.string().transform((text, context) => {
  const names = text.split(',').map((name) => name.trim().toLowerCase())
  const known = z
    .array(z.enum(['created', 'updated', 'deleted']))
    .min(1)
    .safeParse(names)
  if (known.success) return [...new Set(known.data)]
  context.addIssue({ code: 'custom', message: 'unknown change type' })
  return z.NEVER
})

const CreateBody = z.strictObject({
  changeType: z.string().pipe(ChangeTypes),
  resource: z.string().min(1),
  notificationUrl: z.url(),
  lifecycleNotificationUrl: optional(z.url()),
  expirationDateTime: Time,
  clientState: optional(z.string()),
  latestSupportedTlsVersion: optional(z.enum(['v1_0', 'v1_1', 'v1_2', 'v1_3'])),
  includeResourceData: optional(z.boolean()),
  encryptionCertificate: optional(z.string()),
  encryptionCertificateId: optional(z.string()),
  notificationUrlAppId: optional(z.string()),
  notificationQueryOptions: optional(z.string()),
  notificationContentType: optional(z.string()),
})

/** A body that passed every check that needs nothing but the body. */
export type CreateBody = z.output<typeof CreateBody>

const REQUIRED = ['changeType', 'resource', 'notificationUrl', 'expirationDateTime'] as const

/** Reads the body of POST /subscriptions, with Graph's answers to what is wrong with it (graph-contract 1.2, 1.6). */
export function readCreateBody(bytes: Uint8Array): CreateBody {
  const json = readJson(bytes)
  const missing = REQUIRED.find((name) => json[name] === undefined || json[name] === null)
  if (missing) throw missingProperty(missing)
  const body = CreateBody.safeParse(json)
  if (!body.success) throw badPayload()
  checkLength('clientState', body.data.clientState, CLIENT_STATE_CHARS)
  checkLength('encryptionCertificateId', body.data.encryptionCertificateId, CERTIFICATE_ID_CHARS)
  return body.data
}

const PatchBody = z.strictObject({
  expirationDateTime: optional(Time),
  notificationUrl: optional(z.url()),
  encryptionCertificate: optional(z.string()),
  encryptionCertificateId: optional(z.string()),
})
export type PatchBody = z.output<typeof PatchBody>

/** Reads the body of a PATCH; `lifecycleNotificationUrl` can be set at creation only (graph-contract 1.2). */
export function readPatchBody(bytes: Uint8Array): PatchBody {
  const json = readJson(bytes)
  if ('lifecycleNotificationUrl' in json) {
    throw invalidRequest(
      'lifecycleNotificationUrl can only be set when the subscription is created.',
    )
  }
  const body = PatchBody.safeParse(json)
  if (!body.success) throw badPayload()
  const { expirationDateTime, notificationUrl, encryptionCertificate } = body.data
  if (!expirationDateTime && !notificationUrl && !encryptionCertificate) {
    throw invalidRequest('The request must contain expirationDateTime or notificationUrl.')
  }
  return body.data
}

const JsonObject = z.record(z.string(), z.unknown())

/** The JSON object in the body, without annotations such as `@odata.type`. */
function readJson(bytes: Uint8Array): Record<string, unknown> {
  try {
    const json = JsonObject.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
    return Object.fromEntries(Object.entries(json).filter(([name]) => !name.startsWith('@')))
  } catch {
    throw badPayload()
  }
}

function checkLength(name: string, value: string | undefined, max: number): void {
  if ((value ?? '').length > max)
    throw invalidRequest(`${name} must not be longer than ${max} characters.`)
}
