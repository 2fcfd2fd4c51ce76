import type { TokenErrorBody } from '../aadsts.ts'
import { html } from './html.ts'
import { hiddenFields, page } from './layout.ts'

/** What went wrong, with the ids to look it up by. */
export function errorPage({
  error_description,
  trace_id,
  correlation_id,
  timestamp,
}: TokenErrorBody): string {
  const [summary = ''] = error_description.split(' Trace ID: ')
  return page(
    'We cannot sign you in',
    html`<h1>Sorry, this sign-in cannot go on</h1>
      <p role="alert">${summary}</p>
      <p class="quiet">Nothing was sent back to the app. Go back to it and try again.</p>
      <dl>
        <dt>Trace id</dt>
        <dd><code>${trace_id}</code></dd>
        <dt>Correlation id</dt>
        <dd><code>${correlation_id}</code></dd>
        <dt>Time</dt>
        <dd>${timestamp}</dd>
      </dl>`,
  )
}

export function noticePage(title: string, text: string): string {
  return page(
    title,
    html`<h1>${title}</h1>
      <p>${text}</p>`,
  )
}

/** response_mode=form_post: the answer goes to the app in a form that sends itself. */
export function formPostPage(
  redirectUri: string,
  answer: Readonly<Record<string, string>>,
): string {
  return page(
    'Going back',
    html`<h1>Going back to the app</h1>
      <form method="post" action="${redirectUri}">
        ${hiddenFields(answer)}
        <div class="actions"><button class="primary">Continue</button></div>
      </form>`,
    '/form-post.js',
  )
}

export const FORM_POST_SCRIPT = 'document.forms[0].submit()\n'
