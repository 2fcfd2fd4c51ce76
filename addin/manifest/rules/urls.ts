import { walk, type XmlElement } from '../xml.ts'
import { finding, type Finding, type Rule } from './rule.ts'

const URL_ELEMENTS = new Set([
  'IconUrl',
  'HighResolutionIconUrl',
  'SupportUrl',
  'SourceLocation',
  'bt:Image',
  'bt:Url',
])

/** Every address is https, localhost too; an AppDomain is an origin and nothing more; ours is among them (outlook-addin 1.5). */
export const urls: Rule = (manifest) => {
  const elements = [...walk(manifest)]
  const domains = elements.filter(({ name }) => name === 'AppDomain')
  const origins = new Set(domains.map(({ text }) => text))
  return elements
    .filter(
      ({ name, attributes }) => URL_ELEMENTS.has(name) && attributes['DefaultValue'] !== undefined,
    )
    .flatMap((element) => addressOf(element, origins))
    .concat(domains.flatMap(domainOf))
}

function addressOf(element: XmlElement, origins: Set<string>): Finding[] {
  const value = element.attributes['DefaultValue'] ?? ''
  const url = URL.canParse(value) ? new URL(value) : null
  if (url?.protocol !== 'https:')
    return [
      finding(element, `"${value}" is no https address`, 'Use https, for localhost and icons too.'),
    ]
  if (PAGES.has(element.name) && !origins.has(url.origin))
    return [
      finding(
        element,
        `${url.origin} is in no AppDomain`,
        'List it under AppDomains, else windows opened from there fail.',
      ),
    ]
  return []
}

/** Pages run Office.js; pictures and the support page do not. */
const PAGES = new Set(['SourceLocation', 'bt:Url'])

function domainOf(element: XmlElement): Finding[] {
  const url = URL.canParse(element.text) ? new URL(element.text) : null
  if (url?.protocol === 'https:' && url.origin === element.text) return []
  return [
    finding(
      element,
      `"${element.text}" is no https origin`,
      'Scheme, host and port: no path, no slash at the end, no wildcard.',
    ),
  ]
}
