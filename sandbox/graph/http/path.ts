import { badRequest } from '../errors.ts'

/**
 * The segments of a path, decoded. `mailFolders('inbox')` and `mailFolders/inbox` come out the same, doubled slashes
 * and a leading one do not count (graph-contract 1.3).
 */
export function segmentsOf(path: string): string[] {
  return path
    .split('/')
    .filter((part) => part !== '')
    .flatMap((part) => splitKey(decode(part)))
}

/** `name('key')` becomes name and key; OData doubles a quote inside a key. `delta()` becomes `delta`. */
function splitKey(segment: string): string[] {
  const call = /^([^()]+)\((?:'(.*)')?\)$/.exec(segment)
  if (!call) return [segment]
  const [, name = '', key] = call
  return key === undefined ? [name] : [name, key.replaceAll("''", "'")]
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw badRequest('The request URI is not valid.')
  }
}

/** Puts the caller in the place of `me`; an app on its own has no `me`. */
export function withoutMe(
  segments: readonly string[],
  userId: string | undefined,
): readonly string[] {
  if (segments[0]?.toLowerCase() !== 'me') return segments
  if (userId === undefined) {
    throw badRequest('/me request is only valid with delegated authentication flow.')
  }
  return ['users', userId, ...segments.slice(1)]
}
