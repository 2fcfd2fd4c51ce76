import { STATUS_CODES } from 'node:http'
import { GraphFault } from '../errors.ts'

/** What a workload said behind Graph; the outer status mirrors the embedded one (graph-contract 1.6). */
export function extensionError(
  operation: 'Create' | 'Update',
  status: number,
  reason: string,
): GraphFault {
  return new GraphFault(
    status,
    'ExtensionError',
    `Operation: ${operation}; Exception: [Status Code: ${statusName(status)}; Reason: ${reason}]`,
  )
}

export const invalidRequest = (message: string) => new GraphFault(400, 'InvalidRequest', message)

/** Bad JSON, a wrong property, a date without zone (graph-contract 1.6). */
export const badPayload = () =>
  invalidRequest(
    'Could not process subscription creation payload. Are all property names spelled and camelCased properly?',
  )

export const missingProperty = (name: string) =>
  invalidRequest(`${name} is a required property for subscription creation.`)

/** The literal has no id between the brackets (graph-contract 1.6). */
export const alreadyExists = () =>
  new GraphFault(409, 'Conflict', 'Subscription Id <> already exists for the requested combination')

export const quotaExceeded = (limit: number) =>
  new GraphFault(403, 'Forbidden', `The mailbox has reached its limit of ${limit} subscriptions.`)

export const notificationUrlRejected = (problem: string) =>
  new GraphFault(400, 'ValidationError', `Subscription validation request ${problem}`)

export const certificateRejected = () =>
  invalidRequest('Certificate validation error: Cannot find the requested object.')

/** `InternalServerError`, as .NET spells a status. */
export const statusName = (status: number) =>
  (STATUS_CODES[status] ?? String(status)).replaceAll(' ', '')

/** Two answers are on record: `ExtensionError` to a create, `ErrorInvalidParameter` to a renewal (graph-contract 1.6). */
export const tooLongOnCreate = (maxMinutes: number) =>
  new GraphFault(400, 'ExtensionError', tooLong(maxMinutes))
export const tooLongOnPatch = (maxMinutes: number) =>
  new GraphFault(400, 'ErrorInvalidParameter', tooLong(maxMinutes))

const tooLong = (maxMinutes: number) =>
  `Subscription expiration can only be ${maxMinutes} minutes in the future.`
