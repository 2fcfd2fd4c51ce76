import type { Content, StoredAttachment } from './content.ts'

/** The name that Dynamic Delivery gives its placeholder; before 2020 it was "ATP Scan In Progress" (msgraph-sdk-dotnet#2416). */
const NAME = 'Safe Attachments Scan In Progress'

const NOTE = [
  'Subject: Safe Attachments Scan In Progress',
  'Content-Type: text/plain',
  '',
  'The attachments of this message are being scanned. They will be here soon.',
  '',
].join('\r\n')

/** What a message shows while Safe Attachments looks at its files: one small message in the place of all of them. */
export function whileScanned(content: Content): Content {
  const pictures = content.attachments.filter(({ isInline }) => isInline)
  if (pictures.length === content.attachments.length) return content
  const placeholder: StoredAttachment = {
    ...{ kind: 'item', name: NAME, contentType: 'message/rfc822', isInline: false },
    ...{ bytes: Buffer.from(NOTE), modifiedAt: content.attachments[0]?.modifiedAt ?? 0 },
  }
  return { ...content, attachments: [...pictures, placeholder] }
}
