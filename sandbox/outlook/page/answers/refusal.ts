import type { Trouble } from '../messages.ts'

/** Office's own numbers and names, as in the table of its `outlook-web-16.01`; a test compares the two. */
export const REFUSALS = {
  OperationNotSupported: 5000,
  InternalError: 5001,
  AttachmentSizeExceeded: 9000,
  InvalidAttachmentId: 9003,
  NumberOfRecipientsExceeded: 9012,
  GenericSettingsError: 9019,
  SaveError: 9021,
  DuplicateNotificationKey: 9023,
  NotificationKeyNotFound: 9024,
  NumberOfNotificationsExceeded: 9025,
  APICallFailedDueToItemChange: 9030,
  InvalidParameterValueError: 9031,
  InsufficientItemPermissionsError: 9038,
  NetworkError: 9041,
  InternalServerError: 9042,
  AttachmentTypeNotSupported: 9043,
  ItemNotSaved: 9046,
  KeyNotFound: 9050,
  SessionObjectMaxLengthExceeded: 9051,
} as const

export type RefusalName = keyof typeof REFUSALS

/** A call that Outlook refuses. */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalName,
    words = 'Outlook refused the call.',
  ) {
    super(words)
  }

  get trouble(): Trouble {
    return { code: REFUSALS[this.code], name: this.code, message: this.message }
  }
}
