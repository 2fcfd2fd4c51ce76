import type { Problem } from '../../../models/wire/problem.ts'

/** The same for a browser that was sent somewhere: what happened, what to do, the way back. */
export const presentProblemPage = ({
  title,
  detail,
  requestId = '',
}: Problem): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${escape(title)} · FlowCRM</title>
  </head>
  <body>
    <main>
      <h1>${escape(title)}</h1>
      <p>${escape(detail)}</p>
      <p><a href="/">Back to FlowCRM</a></p>
      <p><small>Request id: ${escape(requestId)}</small></p>
    </main>
  </body>
</html>
`

const escape = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
