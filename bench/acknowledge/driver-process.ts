import { readFileSync } from 'node:fs'
import { Connection } from './connection.ts'
import type { Drive, Plan } from './plan.ts'

/**
 * An open-loop driver in a process of its own: each POST is due at its own time, whether or not those before it have been
 * answered. Reads the plan from the file named by the only argument, and ends with one line of JSON, the `Drive`.
 */
const [, , planFile = ''] = process.argv
const plan = JSON.parse(readFileSync(planFile, 'utf8')) as Plan
const url = new URL(plan.url)
const connections = Array.from({ length: plan.connections }, () => new Connection(url))
const idle = [...connections]
const drive: Drive = { answers: [] }
const total = plan.posts.length
let next = 0
let settled = 0
let isOver = false
const begun = performance.now()

const dueAt = (post: number) => begun + (plan.posts[post]?.atMs ?? 0)

/** Sends what is due; what finds no idle connection waits, and its time runs. */
function sendDue(): void {
  const now = performance.now()
  while (next < total && dueAt(next) <= now) {
    const connection = idle.pop()
    if (!connection) return
    send(connection, next++)
  }
}

function send(connection: Connection, post: number): void {
  const sentAt = performance.now()
  connection.post(plan.bodies[plan.posts[post]?.body ?? 0] ?? '', (answer) => {
    if (answer) {
      const hasRetryAfter = /^retry-after: *\d/im.test(answer.head)
      const now = performance.now()
      const times = { tookMs: now - dueAt(post), sinceSentMs: now - sentAt }
      drive.answers.push({ post, status: answer.status, ...times, hasRetryAfter })
    }
    settled++
    if (connection.isUsable) idle.push(connection)
    if (settled === total || !connections.some(({ isUsable }) => isUsable)) finish()
    else sendDue()
  })
}

function finish(): void {
  if (isOver) return
  isOver = true
  clearInterval(timer)
  next = total
  for (const connection of connections) connection.close()
  process.stdout.write(`${JSON.stringify(drive)}\n`)
}

const timer = setInterval(sendDue, 1)
