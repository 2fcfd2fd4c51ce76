import { badRequest } from '../../errors.ts'

/** What a request wants to see beside a message's own properties. */
export type Expand = {
  attachments: boolean
  /** Ids of single-value extended properties (graph-contract 4.4). */
  extended: readonly string[]
}

export const NOTHING: Expand = { attachments: false, extended: [] }

/** `attachments` and `singleValueExtendedProperties($filter=id eq '…' [or …])`; anything else is an error. */
export function parseExpand(text: string | null): Expand {
  if (text === null || text.trim() === '') return NOTHING
  let expand = NOTHING
  for (const part of splitOutside(text)) {
    const [, name = '', options] = /^(\w+)(?:\((.*)\))?$/s.exec(part.trim()) ?? []
    if (name === 'attachments') expand = { ...expand, attachments: true }
    else if (name === 'singleValueExtendedProperties' && options) {
      expand = { ...expand, extended: [...expand.extended, ...idsOf(options)] }
    } else throw badRequest(`$expand=${part} is not supported.`)
  }
  return expand
}

function idsOf(options: string): string[] {
  const filter = /^\$filter=(.*)$/s.exec(options.trim())?.[1]
  if (filter === undefined) throw badRequest('singleValueExtendedProperties needs a $filter by id.')
  return filter.split(/(?<!\s)\s+or\s+/i).map((clause) => {
    const id = /^\s*(?:\(\s*)?id\s+eq\s+'((?:[^']|'')*)'\s*(?:\)\s*)?$/.exec(clause)?.[1]
    if (id === undefined) throw badRequest(`Invalid filter clause: ${clause}`)
    return id.replaceAll("''", "'")
  })
}

/** Splits at commas that stand outside of parentheses and quotes. */
function splitOutside(text: string): string[] {
  return text.match(/(?:\((?:'[^']*'|[^()'])*\)|'[^']*'|[^,])+/g) ?? []
}
