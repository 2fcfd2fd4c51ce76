import { invalidFilter, lexFilter, type Token } from './filter-lex.ts'

export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le'
export type TextMatch = 'contains' | 'startswith' | 'endswith'
export type Literal = { kind: 'string' | 'bare'; text: string }

/** A `$filter` as a tree. Paths are as written, in lower case. */
export type Filter =
  | { kind: 'and' | 'or'; left: Filter; right: Filter }
  | { kind: 'not'; of: Filter }
  | { kind: 'compare'; operator: Comparison; path: string; value: Literal }
  | { kind: 'match'; operator: TextMatch; path: string; value: Literal }
  | { kind: 'any'; path: string; variable: string; of: Filter }

const COMPARISONS: readonly string[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] satisfies Comparison[]
const MATCHES: readonly string[] = ['contains', 'startswith', 'endswith'] satisfies TextMatch[]
const isComparison = (word: string): word is Comparison => COMPARISONS.includes(word)
const isMatch = (word: string): word is TextMatch => MATCHES.includes(word)

/** Reads `and`, `or`, `not`, parentheses, comparisons, text functions and `any`; all else is 400, never ignored. */
export function parseFilter(text: string): Filter {
  const parser = new FilterParser(lexFilter(text), text)
  return parser.whole()
}

class FilterParser {
  private position = 0

  constructor(
    private readonly tokens: readonly Token[],
    private readonly text: string,
  ) {}

  whole(): Filter {
    const filter = this.either()
    if (this.position < this.tokens.length) throw this.error()
    return filter
  }

  private either(): Filter {
    let left = this.both()
    while (this.takeWord('or')) left = { kind: 'or', left, right: this.both() }
    return left
  }

  private both(): Filter {
    let left = this.single()
    while (this.takeWord('and')) left = { kind: 'and', left, right: this.single() }
    return left
  }

  private single(): Filter {
    if (this.takeWord('not')) return { kind: 'not', of: this.single() }
    if (this.takeMark('(')) {
      const inner = this.either()
      this.expectMark(')')
      return inner
    }
    const word = this.word()
    if (isMatch(word) && this.takeMark('(')) return this.match(word)
    if (word.endsWith('/any') && this.takeMark('(')) return this.any(word.slice(0, -'/any'.length))
    const operator = this.word()
    if (!isComparison(operator)) throw this.error()
    return { kind: 'compare', operator, path: word, value: this.literal() }
  }

  private match(operator: TextMatch): Filter {
    const path = this.word()
    this.expectMark(',')
    const value = this.literal()
    this.expectMark(')')
    // OData's own form is `contains(a,'b')`; `contains(a,'b') eq true` is written as well.
    if (this.takeWord('eq') && !this.takeWord('true')) throw this.error()
    return { kind: 'match', operator, path, value }
  }

  private any(path: string): Filter {
    const variable = this.word()
    this.expectMark(':')
    const of = this.either()
    this.expectMark(')')
    return { kind: 'any', path, variable, of }
  }

  private literal(): Literal {
    const token = this.tokens[this.position++]
    if (token?.kind === 'string') return token
    if (token?.kind === 'word') return { kind: 'bare', text: token.text }
    throw this.error()
  }

  private word(): string {
    const token = this.tokens[this.position++]
    if (token?.kind !== 'word') throw this.error()
    return token.text.toLowerCase()
  }

  private takeWord(text: string): boolean {
    const token = this.tokens[this.position]
    const taken = token?.kind === 'word' && token.text.toLowerCase() === text
    if (taken) this.position++
    return taken
  }

  private takeMark(text: string): boolean {
    const token = this.tokens[this.position]
    const taken = token?.kind === 'mark' && token.text === text
    if (taken) this.position++
    return taken
  }

  private expectMark(text: string): void {
    if (!this.takeMark(text)) throw this.error()
  }

  private error() {
    return invalidFilter(`Syntax error in '${this.text}'.`)
  }
}
