import type { Failure } from '../../ui/api/failure.ts'

export type OfficeErrorCode =
  | 'not-in-outlook'
  | 'outlook-silent'
  | 'outlook-network'
  | 'outlook-permission'
  | 'outlook-busy'
  | 'outlook-failed'
  | 'message-changed'
  | 'message-too-long'

const DETAIL: Record<OfficeErrorCode, string> = {
  'not-in-outlook': 'This page works inside Outlook. Open a message there and choose FlowCRM.',
  'outlook-silent':
    'Outlook has not answered for 10 seconds. A blocked office.js is the usual reason: allow appsforoffice.microsoft.com, then reload.',
  'outlook-network':
    'Outlook could not read the message because it is offline. Try again when it is back.',
  'outlook-permission':
    'Outlook does not let FlowCRM read this message. Protected messages and some shared folders are closed to add-ins.',
  'outlook-busy': 'Outlook is busy with other add-ins. Try again in a moment.',
  'outlook-failed': 'Outlook could not read this message. Open it again, then try once more.',
  'message-changed': 'Another message was opened meanwhile, so nothing was logged.',
  'message-too-long':
    'This message is too long to log from here (over 1,000,000 characters). A connected mailbox stores it whole.',
}

/** What Outlook refused, in our codes; `hostCode` is Outlook's own number, for support. */
export class OfficeError extends Error implements Failure {
  override readonly name = 'OfficeError'
  readonly detail: string
  readonly requestId = null
  readonly retryAfterSeconds = null

  constructor(
    readonly code: OfficeErrorCode,
    readonly hostCode: number | null = null,
  ) {
    super(hostCode === null ? code : `${code} (Outlook ${hostCode})`)
    this.detail = DETAIL[code]
  }
}

/** Outlook's numbers that mean something to people (outlook-addin 2.8, and the table in office.js); the rest is `outlook-failed`. */
const KNOWN = new Map<number, OfficeErrorCode>([
  [7000, 'outlook-permission'],
  [9016, 'outlook-permission'],
  [9030, 'message-changed'],
  [9038, 'outlook-permission'],
  [9041, 'outlook-network'],
])

export function officeErrorOf(hostCode: number): OfficeError {
  return new OfficeError(KNOWN.get(hostCode) ?? 'outlook-failed', hostCode)
}
