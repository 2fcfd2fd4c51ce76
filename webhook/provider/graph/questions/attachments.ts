import { ProviderError } from '../../../errors.ts'
import type { AttachmentName, ProviderAttachment } from '../../provider.ts'
import type { GraphClient } from '../requests/graph-client.ts'
import { AttachmentPage, attachmentSelect, WebLink, type Attachment } from '../schemas.ts'
import { unlessMissing } from './folder-tree.ts'

type Of<Name> = { root: string } & Name

/** Without their bytes, so that the list weighs little whatever hangs on the message (graph-contract 5). */
export async function attachments(
  graph: GraphClient,
  { root, messageId }: Of<{ messageId: string }>,
  signal: AbortSignal,
): Promise<ProviderAttachment[] | null> {
  const first = `${messagePath(root, messageId)}/attachments?$select=${attachmentSelect}`
  const call = { operation: 'attachments', signal } as const
  const found: ProviderAttachment[] = []
  try {
    for await (const { value } of graph.pages(first, AttachmentPage, () => call))
      found.push(...value.map(toAttachment))
    return found
  } catch (error) {
    return unlessMissing(error)
  }
}

/** `$value`: the raw bytes of a file, MIME of a message, iCalendar of an event (graph-contract 5). */
export function attachmentContent(
  graph: GraphClient,
  { root, messageId, attachmentId }: Of<AttachmentName>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const path = `${messagePath(root, messageId)}/attachments/${encodeURIComponent(attachmentId)}/$value`
  return graph.bytes(path, { operation: 'attachment-content', signal })
}

export async function webLink(
  graph: GraphClient,
  { root, messageId }: Of<{ messageId: string }>,
  signal: AbortSignal,
): Promise<string | null> {
  const path = `${messagePath(root, messageId)}?$select=webLink`
  const found = await graph
    .json(path, WebLink, { operation: 'web-link', signal })
    .catch(unlessMissing)
  return found?.webLink ?? null
}

const messagePath = (root: string, messageId: string) =>
  `${root}/messages/${encodeURIComponent(messageId)}`

function toAttachment(attachment: Attachment): ProviderAttachment {
  const { id, name, contentType, size, isInline, contentId } = attachment
  return {
    attachmentId: id,
    kind: kindOf(attachment['@odata.type']),
    name: name ?? '',
    contentType: contentType ?? '',
    size,
    isInline: isInline ?? false,
    contentId: contentId?.replace(/^<|>$/g, '') || null,
  }
}

function kindOf(type: string): ProviderAttachment['kind'] {
  const [, kind] = /^#microsoft\.graph\.(file|item|reference)Attachment$/i.exec(type) ?? []
  if (kind) return kind.toLowerCase() as ProviderAttachment['kind']
  throw new ProviderError('unexpected-answer', 'later', 'Graph sent an attachment of unknown kind.')
}
