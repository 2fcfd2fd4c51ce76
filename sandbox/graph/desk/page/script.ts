/** The page's one script. It sends a form as JSON, says what came of it, and shows the state every two seconds. */
export const DESK_SCRIPT = `'use strict'
const byId = (id) => document.getElementById(id)
const time = (iso) => new Date(iso).toLocaleTimeString()

async function run(form) {
  const result = byId('result')
  const button = form.querySelector('button')
  button.setAttribute('aria-busy', 'true')
  try {
    const chosen = byId('mailbox').value
    const input = { mailbox: chosen, user: chosen, ...Object.fromEntries(new FormData(form)) }
    const response = await fetch('/desk/api/' + form.dataset.fault, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    const { done, problem } = await response.json()
    result.textContent = done ?? problem
    result.dataset.kind = response.ok ? 'done' : 'problem'
  } catch {
    result.textContent = 'The sandbox does not answer. Is it still running?'
    result.dataset.kind = 'problem'
  } finally {
    button.removeAttribute('aria-busy')
  }
  await refresh()
}

function fill(id, lines, empty) {
  const body = byId(id)
  const rows = lines.map((cells) => row(cells))
  if (rows.length === 0) {
    const cell = document.createElement('td')
    cell.colSpan = Number(body.dataset.columns)
    cell.textContent = empty
    const only = document.createElement('tr')
    only.append(cell)
    rows.push(only)
  }
  body.replaceChildren(...rows)
}

function row(cells) {
  const line = document.createElement('tr')
  for (const text of cells) {
    const cell = document.createElement('td')
    cell.textContent = String(text)
    line.append(cell)
  }
  return line
}

function listMailboxes(mailboxes) {
  const select = byId('mailbox')
  if (select.options.length === mailboxes.length) return
  const chosen = select.value
  select.replaceChildren(
    ...mailboxes.map(({ address, displayName }) => new Option(displayName + ' (' + address + ')', address)),
  )
  if (chosen) select.value = chosen
}

function listActive({ active, waiting, losses }) {
  const lines = active.length > 0 ? [...active] : ['Nothing. Microsoft 365 behaves.']
  if (waiting > 0) lines.push(waiting + ' deliveries are on their way')
  if (losses > 0) lines.push(losses + ' notifications have been lost so far')
  byId('active').replaceChildren(
    ...lines.map((text) => {
      const item = document.createElement('li')
      item.textContent = text
      return item
    }),
  )
}

async function refresh() {
  const response = await fetch('/desk/api/state').catch(() => null)
  if (!response || !response.ok) return
  const state = await response.json()
  listMailboxes(state.mailboxes)
  listActive(state)
  fill(
    'subscriptions',
    state.subscriptions.map((s) => [s.mailbox, s.resource, s.changeType, new Date(s.expiresAt).toLocaleString(), s.isPaused ? 'paused: its token has lapsed' : 'active']),
    'None yet. Connect a mailbox in the CRM.',
  )
  fill(
    'notifications',
    state.notifications.map((n) => [time(n.at), n.items.join(', '), n.url, n.attempt, n.outcome]),
    'None yet.',
  )
  fill(
    'requests',
    state.requests.map((r) => [time(r.at), r.caller, r.method + ' ' + r.path, r.status || 'in hand']),
    'None yet.',
  )
}

document.addEventListener('submit', (event) => {
  event.preventDefault()
  void run(event.target)
})
void refresh()
setInterval(() => void (document.hidden || refresh()), 2000)
`
