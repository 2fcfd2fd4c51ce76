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
const drive: Drive = { eachMs: [], acknowledged: [], refused: 0, broken: 0 }
const total = plan.bodies.length
let next = 0
let answered = 0
let isOver = false
const begun = performance.now()

const dueAt = (position: number) => begun + (position * 1_000) / plan.rate

/** Sends what is due; what finds no idle connection waits, and its time runs. */
function sendDue(): void {
  const now = performance.now()
  while (next < total && dueAt(next) <= now) {
    const connection = idle.pop()
    if (!connection) return
    send(connection, next++)
  }
}

function send(connection: Connection, position: number): void {
  connection.post(plan.bodies[position] ?? '', (status) => {
    if (status === null) drive.broken++
    else drive.eachMs.push(performance.now() - dueAt(position))
    if (status === 202) drive.acknowledged.push(position)
    else if (status !== null) drive.refused++
    answered++
    if (connection.isUsable) idle.push(connection)
    if (answered === total || !connections.some(({ isUsable }) => isUsable)) finish()
    else sendDue()
  })
}

function finish(): void {
  if (isOver) return
  isOver = true
  clearInterval(timer)
  drive.broken += total - next
  next = total
  for (const connection of connections) connection.close()
  process.stdout.write(`${JSON.stringify(drive)}\n`)
}

const timer = setInterval(sendDue, 1)
