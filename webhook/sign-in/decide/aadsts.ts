import type { CredentialAction } from '../../../models/mailbox.ts'

/** Who ends it: the person, an admin, the operator of FlowCRM, or time alone. */
export type TroubleAction = CredentialAction | 'wait'

/** What Entra's number means for people; `todo` where the action's own advice is not enough. */
export type Meaning = { action: TroubleAction; sentence: string; todo?: string }

const NOT_USED = 'The sign-in for this mailbox was not used for too long and has ended.'
const ENDED = 'The sign-in for this mailbox has ended.'
const PASSWORD = 'The password of this account changed or expired, so its sign-in has ended.'
const MFA = 'Microsoft 365 asks for a second factor before this mailbox may be read.'
const DEVICE = 'The organization wants this sign-in from a device or an app that it approves.'
const FREQUENT = 'The organization wants people to sign in again from time to time.'
const RISK = 'Microsoft 365 blocks this account for its safety.'
const UNKNOWN_ACCOUNT = 'This account is disabled, or no longer in this organization.'
const NO_CONSENT = 'FlowCRM is not allowed to read this mailbox any more.'
const NO_SERVICE = 'This organization lacks a service that FlowCRM needs to read mail.'
const ADMIN_CONSENT = 'This organization lets only administrators allow FlowCRM.'
const REGISTRATION = 'FlowCRM’s registration with Microsoft does not fit this organization.'
const APP_UNKNOWN = 'Microsoft 365 does not know FlowCRM in this organization, or has it disabled.'
const SECRET = 'FlowCRM cannot prove to Microsoft who it is: its secret or certificate is refused.'
const TRANSIENT = 'Microsoft’s sign-in service has a hiccup.'

const SIGN_IN_WITH_MFA = 'Connect it again, and confirm with the second factor.'
const SIGN_IN_ON_DEVICE =
  'Connect it again from an approved device. If you have none, ask your administrator.'
const PASSWORD_FIRST = 'Set a new password with Microsoft, then connect the mailbox again.'

/**
 * Every number of graph-contract 7.4 and what to do about it. Numbers are diagnostic and may change: what is not here is
 * judged by OAuth's word (`trouble.ts`).
 */
export const AADSTS_MEANINGS = new Map<number, Meaning>([
  ...all('reconnect', NOT_USED, [700082, 70008]),
  ...all('reconnect', ENDED, [50173, 70000, 700084, 54005, 50089]),
  ...all('reconnect', FREQUENT, [70043], {
    todo: 'Connect it again. An administrator can exempt FlowCRM, or connect the mailbox with the app’s own permission.',
  }),
  ...all('reconnect', PASSWORD, [50132, 50133]),
  ...all('reconnect', PASSWORD, [50055, 50144], { todo: PASSWORD_FIRST }),
  ...all('reconnect', MFA, [50076, 50074, 50079, 50072, 50078], { todo: SIGN_IN_WITH_MFA }),
  ...all('reconnect', DEVICE, [50158, 50097, 53000, 53001, 53002], { todo: SIGN_IN_ON_DEVICE }),
  ...all('consent', NO_CONSENT, [65001]),
  ...all('consent', 'FlowCRM was not allowed to read this mailbox.', [65004]),
  ...all('policy', 'A Conditional Access policy of the organization blocks FlowCRM.', [53003]),
  ...all('policy', 'A security policy of the organization blocks FlowCRM.', [530032, 530035]),
  ...all('policy', RISK, [53011]),
  ...all('admin', 'This account is locked after too many sign-ins that failed.', [50053], {
    todo: 'Wait, or ask an administrator to unlock it. FlowCRM looks again once a day.',
  }),
  ...all('admin', NO_SERVICE, [650052, 500011]),
  ...all('admin', 'This person is not assigned to FlowCRM in the organization.', [50105], {
    todo: 'Ask an administrator to assign FlowCRM to this person. Reading then goes on by itself.',
  }),
  ...all('admin', UNKNOWN_ACCOUNT, [50057, 50034, 50020], {
    todo: 'Ask an administrator whether the person has left. If not, the account must be enabled again.',
  }),
  ...all('admin', ADMIN_CONSENT, [90094, 90095, 90008]),
  ...all('operator', REGISTRATION, [650056, 50194, 700005]),
  ...all(
    'operator',
    'The organization is unknown here, or lives in another cloud.',
    [90002, 90038],
  ),
  ...all('operator', APP_UNKNOWN, [700016, 7000112]),
  ...all('operator', SECRET, [7000215, 7000222, 700027, 70002]),
  ...all('wait', 'Microsoft’s sign-in service was asked too often.', [50196, 90055]),
  ...all('wait', TRANSIENT, [50033, 50087, 40010, 90006, 90012, 90024, 90033, 90090]),
])

function all(
  action: TroubleAction,
  sentence: string,
  numbers: readonly number[],
  more: { todo?: string } = {},
): [number, Meaning][] {
  return numbers.map((number) => [number, { action, sentence, ...more }])
}
