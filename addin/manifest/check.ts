import { elementOrder } from './rules/order.ts'
import { icons } from './rules/icons.ts'
import { identity } from './rules/identity.ts'
import { languages } from './rules/languages.ts'
import { lengths } from './rules/lengths.ts'
import { overrides } from './rules/overrides.ts'
import { resourceIds } from './rules/resources.ts'
import type { Facts, Finding, Rule } from './rules/rule.ts'
import { surfaces } from './rules/surfaces.ts'
import { urls } from './rules/urls.ts'
import { parseXml, XmlError, type XmlElement } from './xml.ts'

const RULES: Rule[] = [
  elementOrder,
  identity,
  resourceIds,
  lengths,
  languages,
  urls,
  icons,
  surfaces,
  overrides,
]

/** Everything wrong with a manifest, by line. Microsoft's own validator needs the network (outlook-addin 1.9); this does not. */
export function checkManifest(text: string, iconSize: Facts['iconSize']): Finding[] {
  const facts = { bytes: Buffer.byteLength(text), iconSize }
  const parsed = parsedOrFinding(text)
  if ('says' in parsed) return [parsed]
  if (parsed.name !== 'OfficeApp' || parsed.attributes['xsi:type'] !== 'MailApp')
    return [
      {
        line: parsed.line,
        element: parsed.name,
        says: 'is no mail add-in',
        mend: 'Begin with <OfficeApp … xsi:type="MailApp">.',
      },
    ]
  return RULES.flatMap((rule) => rule(parsed, facts)).sort((a, b) => a.line - b.line)
}

function parsedOrFinding(text: string): XmlElement | Finding {
  try {
    return parseXml(text)
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    return { line: error.line, element: 'XML', says: error.message, mend: 'Make it well-formed.' }
  }
}
