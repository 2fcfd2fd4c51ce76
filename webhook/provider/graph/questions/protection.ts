/** What tells of a message that its text is not for everybody who may read the mailbox. Null: not told. */
export type ProtectionFacts = {
  /** PidTagMessageClass (MS-OXCMSG 2.2.1.3). */
  messageClass: string | null
  /** PidNameContentClass, or the header line that it is made from (MS-OXCMAIL 2.2.3.2.15). */
  contentClass: string | null
  /** The header line of that name. */
  contentType: string | null
  /** The beginning of the text, as far as the provider can read it. */
  preview: string
}

/**
 * Whether what stands in place of the text is not the text. Of a rights-managed message that is a note for those whose
 * program cannot open it (MS-OXBBODY 2.1.3.4), and where Exchange opens it for us all the same, its writer has not
 * allowed a copy. Of S/MIME the text is missing where it is encrypted, and where it is signed in a form that nobody took
 * apart (MS-OXOSMIME 2.1.3.2). What is only signed and can be read is mail like any other.
 */
export const isProtected = (facts: ProtectionFacts): boolean =>
  isRightsManaged(facts) || (isSealedBySmime(facts) && facts.preview.trim() === '')

/** MS-OXORMMS 2.2.2.1; a voice message of that kind says so in its class. */
const isRightsManaged = ({ contentClass, messageClass }: ProtectionFacts): boolean =>
  isWord(contentClass, 'rpmsg.message') || /^ipm\.note\.rpmsg\b/i.test(messageClass?.trim() ?? '')

/** `IPM.Note.SMIME.MultipartSigned` has its text in clear (MS-OXCMAIL 2.1.3.2.1). */
const isSealedBySmime = ({ messageClass, contentType }: ProtectionFacts): boolean =>
  isWord(messageClass, 'ipm.note.smime') ||
  /^application\/(?:x-)?pkcs7-mime\b/i.test(contentType?.trim() ?? '')

const isWord = (given: string | null, word: string): boolean => given?.trim().toLowerCase() === word
