import type { UploadSession } from '@microsoft/microsoft-graph-types'
import { z } from 'zod'
import { GraphFault, accessDenied, badRequest, itemNotFound } from '../../errors.ts'
import type { GraphRequest, GraphResponse, PathParams } from '../../http/route.ts'
import type { Item } from '../../store/item.ts'
import type { Mailbox } from '../../store/mailbox.ts'
import type { Mailboxes } from '../../store/mailboxes.ts'
import { itemId } from '../../store/message-view.ts'
import { requestBodyOf } from '../request-body.ts'
import { MAX_UPLOAD_BYTES, UPLOAD_SESSION_MS } from '../limits.ts'
import { messageAt } from '../message/message-read.ts'

type Session = {
  mailbox: Mailbox
  item: Item
  name: string
  contentType: string
  isInline: boolean
  contentId?: string
  bytes: Buffer
  received: number
  expiresAt: number
}

const sessionInput = z.object({
  AttachmentItem: z.object({
    attachmentType: z.literal('file'),
    name: z.string(),
    size: z.int().positive(),
    contentType: z.string().default('application/octet-stream'),
    isInline: z.boolean().default(false),
    contentId: z.string().exactOptional(),
  }),
})

/** Attachments on their way in, range by range (graph-contract 5). The URL itself is the right to write to it. */
export class Uploads {
  private readonly sessions = new Map<string, Session>()

  constructor(private readonly mailboxes: Mailboxes) {}

  /** 201 with the URL to put the bytes to. Not for shared mailboxes. */
  create(request: GraphRequest, params: PathParams): GraphResponse {
    const { mailbox, item } = messageAt(this.mailboxes, request, params)
    const { userId } = request.caller
    if (userId !== undefined && userId !== mailbox.userId) throw accessDenied()
    const { size, attachmentType: _, ...rest } = requestBodyOf(request, sessionInput).AttachmentItem
    if (size > MAX_UPLOAD_BYTES)
      throw new GraphFault(413, 'RequestEntityTooLarge', 'The attachment is too large.')
    const token = this.mailboxes.random.guid()
    const expiresAt = this.now() + UPLOAD_SESSION_MS
    this.sessions.set(token, {
      mailbox,
      item,
      ...rest,
      bytes: Buffer.alloc(size),
      received: 0,
      expiresAt,
    })
    const session: UploadSession = {
      uploadUrl: `${request.origin}/v1.0/uploadSessions/${token}`,
      expirationDateTime: new Date(expiresAt).toISOString(),
      nextExpectedRanges: ['0-'],
    }
    return { status: 201, body: session }
  }

  /** Takes one range: 200 while more is to come, 201 with the attachment's address at the end. */
  async put(request: GraphRequest, params: PathParams): Promise<GraphResponse> {
    const session = this.sessions.get(params.session ?? '')
    if (!session || session.expiresAt < this.now()) throw itemNotFound()
    if (request.headers.authorization !== undefined) {
      throw new GraphFault(
        401,
        'InvalidAuthenticationToken',
        'The upload URL takes no Authorization header.',
      )
    }
    session.bytes.set(request.body, rangeOf(request, session))
    session.received += request.body.byteLength
    if (session.received === session.bytes.byteLength)
      return this.finish(request, params.session ?? '', session)
    const expires = new Date(session.expiresAt).toISOString()
    return {
      status: 200,
      body: { ExpirationDateTime: expires, NextExpectedRanges: [String(session.received)] },
    }
  }

  private async finish(
    { origin }: GraphRequest,
    token: string,
    session: Session,
  ): Promise<GraphResponse> {
    const { mailbox, item, name, contentType, isInline, contentId, bytes } = session
    this.sessions.delete(token)
    if (!mailbox.holds(item)) throw itemNotFound()
    const id = itemId(mailbox.tag, item, 'default')
    const attachment = {
      kind: 'file',
      name,
      contentType,
      isInline,
      bytes,
      modifiedAt: this.now(),
    } as const
    const index = await this.mailboxes.attach(mailbox.userId, id, {
      ...attachment,
      ...(contentId ? { contentId } : {}),
    })
    const attachmentId = itemId(mailbox.tag, item, 'default', index)
    return {
      status: 201,
      headers: {
        location: `${origin}/v1.0/users('${mailbox.userId}')/messages('${id}')/attachments('${attachmentId}')`,
      },
    }
  }

  private now(): number {
    return this.mailboxes.clock.now().getTime()
  }
}

/** Ranges come in order and say the truth about the body; overlaps and gaps are refused (graph-contract 5). */
function rangeOf({ headers, body }: GraphRequest, { received, bytes }: Session): number {
  const [, from, to, total] =
    /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '') ?? []
  if (from === undefined) throw badRequest('A Content-Range is needed.', 'invalidRange')
  const isWhole =
    Number(to) - Number(from) + 1 === body.byteLength && Number(total) === bytes.byteLength
  if (!isWhole || Number(to) >= bytes.byteLength)
    throw badRequest('The Content-Range does not fit.', 'invalidRange')
  if (Number(from) !== received) {
    const detail = Number(from) < received ? 'fragmentOverlap' : 'fragmentOutOfOrder'
    throw new GraphFault(416, 'invalidRange', `${detail}: ${received} is expected next.`)
  }
  return received
}
