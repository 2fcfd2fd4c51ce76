import { tenants, type Person } from '../directory.ts'
import { html, type Html } from './html.ts'
import { hiddenFields, page } from './layout.ts'

export type FormPage = {
  /** Where the form goes: the page's own path. */
  action: string
  fields: Readonly<Record<string, string>>
  appName: string
}

/** "Sign in as Alice": one button a person, grouped by organization. */
export function peoplePage(
  { action, fields, appName }: FormPage,
  people: readonly Person[],
): string {
  const groups = Object.values(tenants)
    .map((tenant) => ({ tenant, members: people.filter(({ tenantId }) => tenantId === tenant.id) }))
    .filter(({ members }) => members.length > 0)
  return page(
    'Sign in',
    html`<h1>Who are you today?</h1>
      <p class="quiet">Pick somebody to go on to ${appName}.</p>
      <form method="post" action="${action}">
        ${hiddenFields(fields)}
        ${groups.map(
          ({ tenant, members }) =>
            html`<section aria-labelledby="${tenant.domain}">
              <h2 id="${tenant.domain}">${tenant.name}</h2>
              <div class="people">${members.map(personButton)}</div>
            </section>`,
        )}
      </form>`,
  )
}

function personButton({ givenName, surname, mail, kind }: Person): Html {
  const initials = givenName.charAt(0) + surname.charAt(0)
  const role = kind === 'admin' || kind === 'auditor' ? ` (${kind})` : ''
  const label = `Sign in as ${givenName}${role}`
  return html`<button class="person" name="person" value="${mail}">
    <span class="initials" aria-hidden="true">${initials}</span>
    <strong>${label}</strong>
    <span>${mail}</span>
  </button>`
}
