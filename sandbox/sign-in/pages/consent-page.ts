import type { Person, Tenant } from '../directory.ts'
import type { AdminAsked } from '../flows/admin-consent.ts'
import { applicationWording, delegatedWording, type Asked, type Wording } from '../permissions.ts'
import { html, type Html } from './html.ts'
import { hiddenFields, page } from './layout.ts'
import type { FormPage } from './people-page.ts'

/** Asks one person for themselves. */
export function consentPage(form: FormPage, person: Person, asked: readonly Asked[]): string {
  const wordings = asked.flatMap(({ resource, permissions }) =>
    permissions.map((permission) => delegatedWording(resource, permission)),
  )
  return page(
    'Permissions requested',
    html`<h1>${form.appName} asks for your permission</h1>
      <p class="quiet">Signed in as ${person.mail}</p>
      <p id="asked">If you accept, it can:</p>
      ${permissionList(wordings)} ${decisionForm(form, person)}`,
  )
}

/** Asks an administrator for the whole organization. */
export function adminConsentPage(
  form: FormPage,
  person: Person,
  { tenant, asked }: { tenant: Tenant; asked: readonly AdminAsked[] },
): string {
  const delegated = asked.flatMap(({ resource, permissions }) =>
    permissions.map((permission) => delegatedWording(resource, permission)),
  )
  const roles = asked.flatMap((each) => each.roles).map(applicationWording)
  return page(
    'Permissions for your organization',
    html`<h1>${form.appName} asks for permission at ${tenant.name}</h1>
      <p class="quiet">Signed in as ${person.mail}, an administrator</p>
      <p id="asked">If you accept, you allow it for everybody in ${tenant.name}. It can:</p>
      ${
        roles.length > 0 &&
        html`<h2>By itself, with nobody signed in</h2>
          ${permissionList(roles)}`
      }
      ${
        delegated.length > 0 &&
        html`<h2>For each person who signs in to it</h2>
          ${permissionList(delegated)}`
      }
      ${decisionForm(form, person)}`,
  )
}

const permissionList = (wordings: readonly Wording[]): Html =>
  html`<ul class="permissions" role="list">
    ${wordings.map(({ title, detail }) => html`<li><strong>${title}</strong><span>${detail}</span></li>`)}
  </ul>`

const decisionForm = ({ action, fields }: FormPage, person: Person): Html =>
  html`<form method="post" action="${action}">
    ${hiddenFields({ ...fields, person: person.mail })}
    <div class="actions">
      <button name="decision" value="cancel">Cancel</button>
      <button class="primary" name="decision" value="accept">Accept</button>
    </div>
  </form>`
