import type { CredentialAction, Mailbox } from '../../../models/mailbox.ts'
import type { ProviderError } from '../../errors.ts'
import { AADSTS_MEANINGS, type TroubleAction } from './aadsts.ts'

/** What Entra said: its number, and OAuth's words for it. Empty where it said none. */
export type Refusal = {
  number: string
  word: string
  subWord: string
  /** MSAL's own judgement: nothing but a sign-in of the person helps. */
  needsInteraction: boolean
}

/** OAuth's words, for numbers that we do not know. */
const BY_WORD = new Map<string, TroubleAction>([
  ['invalid_grant', 'reconnect'],
  ['access_denied', 'reconnect'],
  ['interaction_required', 'reconnect'],
  ['login_required', 'reconnect'],
  ['consent_required', 'consent'],
  ['invalid_client', 'operator'],
  ['unauthorized_client', 'operator'],
])

/** Who must act on a refusal of the sign-in service: by its number, else by OAuth's word. Pure. */
export function actionOn({ number, word, subWord, needsInteraction }: Refusal): TroubleAction {
  return (
    AADSTS_MEANINGS.get(Number(number))?.action ??
    BY_WORD.get(subWord) ??
    BY_WORD.get(word) ??
    (needsInteraction ? 'reconnect' : 'wait')
  )
}

export type Trouble = { action: CredentialAction; code: string }

const BY_ERROR_CODE: Partial<Record<ProviderError['code'], CredentialAction>> = {
  'reconnect-needed': 'reconnect',
  'consent-needed': 'consent',
  'admin-consent-needed': 'admin',
  'policy-blocked': 'policy',
  'operator-needed': 'operator',
  // Graph's own: a fresh token was refused, or there is no mailbox that can be read (graph-contract 6.2).
  'access-denied': 'admin',
  'mailbox-unavailable': 'admin',
}

/** What a failed call says about the whole mailbox: who must act, and the provider's own code. Null: nothing. */
export function troubleOf(error: ProviderError): Trouble | null {
  const action = BY_ERROR_CODE[error.code]
  return action ? { action, code: error.details.providerCode ?? error.code } : null
}

/** Whether the person has to come back, or somebody else must act and FlowCRM looks again by itself. */
export const statusFor = (action: CredentialAction): Exclude<Mailbox['status'], 'connected'> =>
  action === 'reconnect' || action === 'consent' ? 'reconnect-needed' : 'blocked'

export type Advice = { sentence: string; todo: string }

const LOOKS_AGAIN = 'FlowCRM looks again once a day, or connect the mailbox again.'

const BY_ACTION: Record<CredentialAction, Advice> = {
  reconnect: {
    sentence: 'Microsoft 365 no longer lets FlowCRM read this mailbox. No mail is lost meanwhile.',
    todo: 'Connect it again. Reading goes on where it stopped.',
  },
  consent: {
    sentence: 'FlowCRM needs to be allowed again to read this mailbox.',
    todo: 'Connect it again and agree to what Microsoft asks. If it lets you not, ask an administrator.',
  },
  admin: {
    sentence: 'Microsoft 365 does not let FlowCRM read this mailbox.',
    todo: `Ask an administrator to allow it. ${LOOKS_AGAIN}`,
  },
  policy: {
    sentence: 'A policy of the organization keeps FlowCRM out.',
    todo: `Ask an administrator to let FlowCRM pass. ${LOOKS_AGAIN}`,
  },
  operator: {
    sentence: 'FlowCRM itself cannot sign in with Microsoft.',
    todo: 'Whoever runs FlowCRM must mend it. Tell them the code. Reading then goes on by itself.',
  },
}

/** What Graph itself says, in words for people (graph-contract 6.2). */
const BY_GRAPH_CODE = new Map<string, string>([
  ['MailboxNotEnabledForRESTAPI', 'This mailbox is inactive, deleted, or not in Microsoft 365.'],
  ['mailbox-unavailable', 'This mailbox is inactive, deleted, or not in Microsoft 365.'],
])

/** The provider's code as its own documents and support write it. */
export const labelOf = (code: string): string => (/^\d+$/.test(code) ? `AADSTS${code}` : code)

/** A mailbox's trouble for people: what is, with the code that support asks for, and what to do. Pure. */
export function adviceOn({ action, code }: Trouble): Advice {
  const meaning = AADSTS_MEANINGS.get(Number(code))
  const usual = BY_ACTION[action]
  const sentence = meaning?.sentence ?? BY_GRAPH_CODE.get(code) ?? usual.sentence
  return { sentence: `${sentence} (${labelOf(code)})`, todo: meaning?.todo ?? usual.todo }
}
