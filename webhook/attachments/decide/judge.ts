/** What an attachment is, as the provider lists it. */
export type Listed = {
  kind: 'file' | 'item' | 'reference'
  name: string
  contentType: string
  size: number
}

/** What is to be done about it. */
export type Judgement = 'fetch' | 'scanning' | 'over-limit' | 'reference' | 'protected'

/** How often a scanner is waited for: about two days. */
export const MOST_SCANS = 50

/**
 * What Safe Attachments hangs on a message while it looks at the real ones, by the two names that it has had. It is a
 * message of some hundred bytes; the real ones come under other ids (msgraph-sdk-dotnet#2416).
 */
const PLACEHOLDER = /^(?:ATP|Safe Attachments) Scan In Progress(?:\.eml)?$/i

/**
 * Pure. A placeholder that stays is stored as the file it is: people forward such mails, and then nothing comes any more.
 */
export function judge(
  listed: Listed,
  { limitBytes, scans }: { limitBytes: number; scans: number },
): Judgement {
  const { kind, name, size } = listed
  if (kind === 'reference') return 'reference'
  if (isWholeMessage(listed)) return 'protected'
  if (PLACEHOLDER.test(name.trim()) && scans < MOST_SCANS) return 'scanning'
  return size > limitBytes ? 'over-limit' : 'fetch'
}

/**
 * The message itself, encrypted: nobody can open it here. By its name as well as its type, since people send signed
 * documents of the same type. Where it is only signed it is of another type (MS-OXOSMIME 2.1.3.1).
 */
const isWholeMessage = ({ name, contentType }: Listed): boolean =>
  isOfType(contentType, 'application/x-microsoft-rpmsg-message') ||
  isNamed(name, 'message.rpmsg') ||
  (isNamed(name, 'smime.p7m') &&
    (isOfType(contentType, 'application/pkcs7-mime') ||
      isOfType(contentType, 'application/x-pkcs7-mime')))

const isNamed = (given: string, name: string): boolean => given.trim().toLowerCase() === name

/** Parameters may follow (RFC 2045 5.1). */
const isOfType = (given: string, type: string): boolean =>
  given.split(';')[0]?.trim().toLowerCase() === type

/** Whether an e-mail has attachments: pictures in the text do not count as such with the provider (graph-contract 4.1). */
export const hasAny = ({
  hasAttachments,
  bodyHtml,
}: {
  hasAttachments: boolean
  bodyHtml: string
}) => hasAttachments || /\bcid:/i.test(bodyHtml)
