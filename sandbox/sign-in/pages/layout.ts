import { html, type Html } from './html.ts'

/** A whole page around its main part. */
export function page(title: string, main: Html, script?: string): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Sandbox sign-in</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <main>
          <p class="brand">
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <circle cx="8" cy="15" r="5" />
              <path d="M12 11 20 3m-4 4 3 3" />
            </svg>
            Sandbox sign-in
          </p>
          ${main}
        </main>
        <footer>
          Stands in for Microsoft Entra ID on this computer. The people are made up; there are no
          passwords.
        </footer>
        ${script !== undefined && html`<script src="${script}"></script>`}
      </body>
    </html>`.markup
}

/** The request's own parameters, carried through a form. */
export const hiddenFields = (fields: Readonly<Record<string, string>>): Html[] =>
  Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  )
