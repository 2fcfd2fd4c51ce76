import { badRequest } from '../../errors.ts'

export type Token =
  | { kind: 'word'; text: string }
  | { kind: 'string'; text: string }
  | { kind: 'mark'; text: '(' | ')' | ',' | ':' }

const PIECES = /\s*(?:'((?:[^']|'')*)'|([(),:])|([^\s'(),:][^\s'(),]*))/y

/** The words of a `$filter`. A word may hold `/`, and `:` when it is a time. */
export function lexFilter(text: string): Token[] {
  const pieces = new RegExp(PIECES)
  const tokens: Token[] = []
  while (pieces.lastIndex < text.trimEnd().length) {
    const start = pieces.lastIndex
    const [whole, string, mark, word] = pieces.exec(text) ?? []
    if (whole === undefined) throw invalidFilter(`Syntax error at position ${start} in '${text}'.`)
    if (string !== undefined) tokens.push({ kind: 'string', text: string.replaceAll("''", "'") })
    else if (mark === '(' || mark === ')' || mark === ',' || mark === ':')
      tokens.push({ kind: 'mark', text: mark })
    else if (word) tokens.push(...splitVariable(word))
  }
  return tokens
}

/** `a:a/x` of a lambda is a variable, a colon and a path; `10:30:00Z` stays one word. */
function splitVariable(word: string): Token[] {
  const [, variable, rest] = /^([a-z_]\w*):(.*)$/i.exec(word) ?? []
  if (variable === undefined) return [{ kind: 'word', text: word }]
  const tail: Token[] = rest ? [{ kind: 'word', text: rest }] : []
  return [{ kind: 'word', text: variable }, { kind: 'mark', text: ':' }, ...tail]
}

export const invalidFilter = (detail: string) => badRequest(`Invalid filter clause: ${detail}`)
