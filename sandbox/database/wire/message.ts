import { BSON } from 'bson'
import { MAX_MESSAGE_BYTES } from '../limits.ts'
import type { Doc } from '../query/values.ts'

/** Wire protocol numbers (manual: "MongoDB Wire Protocol"). */
const OP_REPLY = 1
const OP_QUERY = 2004
const OP_MSG = 2013
const HEADER_BYTES = 16

const CHECKSUM_PRESENT = 1
const MORE_TO_COME = 2
const CHECKSUM_BYTES = 4

const READ = { promoteBuffers: false, bsonRegExp: true } as const

/** One command as it arrived; `legacy` is the OP_QUERY greeting older and newer drivers begin with. */
export type Request = { id: number; command: Doc; legacy: boolean; wantsReply: boolean }

export class WireError extends Error {
  readonly code = 'bad_wire_message'
}

/** Cuts a stream of chunks into whole messages. */
export class MessageReader {
  private chunks: Buffer[] = []
  private length = 0

  /** The messages that are whole now. */
  public *push(chunk: Buffer): Generator<Buffer> {
    this.chunks.push(chunk)
    this.length += chunk.length
    for (let size = this.nextSize(); size !== null && size <= this.length; size = this.nextSize()) {
      const all = Buffer.concat(this.chunks)
      this.chunks = size < all.length ? [all.subarray(size)] : []
      this.length = all.length - size
      yield all.subarray(0, size)
    }
  }

  private nextSize(): number | null {
    if (this.length < HEADER_BYTES) return null
    const [first, ...rest] = this.chunks
    if (first && first.length < HEADER_BYTES) this.chunks = [Buffer.concat([first, ...rest])]
    const size = this.chunks[0]?.readInt32LE(0) ?? 0
    if (size < HEADER_BYTES || size > MAX_MESSAGE_BYTES)
      throw new WireError(`A message of ${size} bytes is not possible`)
    return size
  }
}

export function parseMessage(message: Buffer): Request {
  const id = message.readInt32LE(4)
  const opCode = message.readInt32LE(12)
  if (opCode === OP_MSG) return parseOpMsg(id, message)
  if (opCode === OP_QUERY) return parseOpQuery(id, message)
  throw new WireError(
    `Operation ${opCode} is not spoken here, only OP_MSG and the OP_QUERY greeting`,
  )
}

function parseOpMsg(id: number, message: Buffer): Request {
  const flags = message.readUInt32LE(16)
  const end = message.length - (flags & CHECKSUM_PRESENT ? CHECKSUM_BYTES : 0)
  const command: Doc = {}
  const sequences: Doc = {}
  for (let at = 20; at < end;) {
    const kind = message.readUInt8(at)
    const size = message.readInt32LE(at + 1)
    const section = message.subarray(at + 1, at + 1 + size)
    if (size < 5 || at + 1 + size > end) throw new WireError('A section is longer than its message')
    if (kind === 0) Object.assign(command, BSON.deserialize(section, READ))
    else if (kind === 1) readSequence(section, sequences)
    else throw new WireError(`Section kind ${kind} is unknown`)
    at += 1 + size
  }
  return {
    id,
    command: Object.assign(command, sequences),
    legacy: false,
    wantsReply: (flags & MORE_TO_COME) === 0,
  }
}

/** `insert`, `update` and `delete` carry their many documents beside the command. */
function readSequence(section: Buffer, into: Doc): void {
  const nameEnd = section.indexOf(0, 4)
  const documents: Doc[] = []
  for (let at = nameEnd + 1; at < section.length;) {
    const size = section.readInt32LE(at)
    if (size < 5 || at + size > section.length)
      throw new WireError('A document is longer than its section')
    documents.push(BSON.deserialize(section.subarray(at, at + size), READ))
    at += size
  }
  into[section.toString('utf8', 4, nameEnd)] = documents
}

function parseOpQuery(id: number, message: Buffer): Request {
  const nameEnd = message.indexOf(0, 20)
  const database = message.toString('utf8', 20, nameEnd).split('.')[0]
  const command = BSON.deserialize(message.subarray(nameEnd + 9), {
    ...READ,
    allowObjectSmallerThanBufferSize: true,
  })
  return { id, command: { ...command, $db: database }, legacy: true, wantsReply: true }
}

let lastReplyId = 0

export function formatReply(request: Request, reply: Doc): Buffer {
  const body = Buffer.from(BSON.serialize(reply))
  return request.legacy ? opReply(request.id, body) : opMsg(request.id, body)
}

function opMsg(responseTo: number, body: Buffer): Buffer {
  const head = Buffer.alloc(HEADER_BYTES + 5)
  return withHeader(head, { opCode: OP_MSG, responseTo }, body)
}

function opReply(responseTo: number, body: Buffer): Buffer {
  const head = Buffer.alloc(HEADER_BYTES + 20)
  head.writeInt32LE(8, HEADER_BYTES) // AwaitCapable, as every server since 1.6 sets it
  head.writeInt32LE(1, HEADER_BYTES + 16)
  return withHeader(head, { opCode: OP_REPLY, responseTo }, body)
}

function withHeader(
  head: Buffer,
  ids: { opCode: number; responseTo: number },
  body: Buffer,
): Buffer {
  lastReplyId = (lastReplyId + 1) & 0x7fffffff
  head.writeInt32LE(head.length + body.length, 0)
  head.writeInt32LE(lastReplyId, 4)
  head.writeInt32LE(ids.responseTo, 8)
  head.writeInt32LE(ids.opCode, 12)
  return Buffer.concat([head, body])
}
