/** Markup that is safe to send: made only by the `html` tag, which escapes every value that is not markup itself. */
export class Html {
  constructor(readonly markup: string) {}
}

type Value = string | Html | readonly Html[] | false | undefined

export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(parts.reduce((text, part, at) => text + render(values[at - 1]) + part))
}

function render(value: Value): string {
  if (value === false || value === undefined) return ''
  if (typeof value === 'string') return escapeHtml(value)
  if (value instanceof Html) return value.markup
  return value.map(({ markup }) => markup).join('')
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign)
