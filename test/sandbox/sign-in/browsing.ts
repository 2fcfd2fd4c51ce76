/** What a browser does with the pages, without one: follow nothing, keep the cookie, send forms. */
export type Seen = {
  url: string
  status: number
  text: string
  location: string | null
  cookie: string
  headers: Headers
}

export async function visit(
  url: string,
  form?: Record<string, string>,
  cookie = '',
): Promise<Seen> {
  const response = await fetch(url, {
    redirect: 'manual',
    headers: { cookie },
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
  })
  return {
    url,
    status: response.status,
    text: (await response.text()).replace(/\s+/g, ' '),
    location: response.headers.get('location'),
    cookie: response.headers.get('set-cookie')?.split(';')[0] ?? cookie,
    headers: response.headers,
  }
}

const unescape = (text: string) =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

/** Fills in a page's form as a browser would, and presses one button. */
export function press(page: Seen, button: Record<string, string>): Promise<Seen> {
  const action = unescape(/<form method="post" action="([^"]*)"/.exec(page.text)![1]!)
  const hidden = page.text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)
  const fields: Record<string, string> = { ...button }
  for (const [, name, value] of hidden) fields[unescape(name!)] ??= unescape(value!)
  return visit(new URL(action, page.url).href, fields, page.cookie)
}

export const answerOf = (seen: Seen) =>
  Object.fromEntries(new URL(seen.location!.replace('#', '?')).searchParams)
