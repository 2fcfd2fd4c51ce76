/** Longer ones are nobody's bookmark. */
const MAX_CHARS = 1_000

/** A place to resolve against; `.invalid` is nobody's (RFC 2606). */
const BASE = 'http://returnto.invalid'

/**
 * A path of our own page to go back to, or `/` for anything that a browser could read as another place: it must begin
 * with one slash, and hold no backslash or control character, which browsers turn into slashes or drop.
 */
export function safeReturnTo(wanted: unknown): string {
  if (typeof wanted !== 'string' || wanted.length > MAX_CHARS) return '/'
  if (!/^\/(?!\/)[\x21-\x5b\x5d-\x7e]*$/.test(wanted)) return '/'
  const url = URL.canParse(wanted, BASE) ? new URL(wanted, BASE) : null
  // Dot segments can leave two slashes in front: `/.//evil.example` resolves to `//evil.example`.
  return url?.origin === BASE && !url.pathname.startsWith('//') ? wanted : '/'
}
