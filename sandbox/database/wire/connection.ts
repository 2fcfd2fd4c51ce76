import type { Socket } from 'node:net'
import type { Doc } from '../query/values.ts'
import { formatReply, MessageReader, parseMessage } from './message.ts'

/** Answers one command; what it changed is durable when the promise resolves. */
export type Answer = (command: Doc) => Promise<Doc>

/** Serves one client: commands are answered in the order in which they came. */
export function serveConnection(socket: Socket, answer: Answer): void {
  const reader = new MessageReader()
  let turn: Promise<void> = Promise.resolve()

  async function serve(message: Buffer): Promise<void> {
    const request = parseMessage(message)
    const reply = await answer(request.command)
    if (request.wantsReply && socket.writable) socket.write(formatReply(request, reply))
  }

  socket.setNoDelay(true)
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk: Buffer) => {
    try {
      for (const message of reader.push(chunk))
        turn = turn.then(() => serve(message)).catch(() => void socket.destroy())
    } catch {
      // Not our protocol: there is no reply such a client would understand.
      socket.destroy()
    }
  })
}
