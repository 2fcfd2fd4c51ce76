import { child, walk, type XmlElement } from '../xml.ts'
import { finding, type Finding, type Rule } from './rule.ts'

/** Longest resid or element id (outlook-addin 1.7). */
const MAX_ID_CHARS = 32

/** Whatever names a resource names one of its kind in its own block, every definition is used, and ids are unique and no longer than Outlook takes. */
export const resourceIds: Rule = (manifest) => blocksOf(manifest).flatMap(findingsIn)

/** Which list of Resources an element's resid is looked up in (outlook-addin 1.7: texts of these have lengths of their own). */
const LISTS: Record<string, string> = {
  Label: 'bt:ShortStrings',
  Title: 'bt:ShortStrings',
  Description: 'bt:LongStrings',
  FunctionFile: 'bt:Urls',
  SourceLocation: 'bt:Urls',
  'bt:Image': 'bt:Images',
}

/** The overrides, each without the ones nested in it: nothing is inherited (outlook-addin 1.2). */
export function blocksOf(manifest: XmlElement): XmlElement[] {
  return [...walk(manifest)]
    .filter(({ name }) => name === 'VersionOverrides')
    .map((block) => ({
      ...block,
      children: block.children.filter(({ name }) => name !== 'VersionOverrides'),
    }))
}

function findingsIn(block: XmlElement): Finding[] {
  const resources = child(block, 'Resources')
  const defined = resources ? [...walk(resources)].filter(({ attributes }) => attributes['id']) : []
  const naming = block.children
    .filter((part) => part !== resources)
    .flatMap((part) => [...walk(part)])
  return [
    ...naming.flatMap((element) => misnamed(element, resources)),
    ...unusedIn(defined, new Set(naming.map(residOf))),
    ...twice([...walk(block)].filter(isNamed)),
    ...[...walk(block)].flatMap(tooLong),
  ]
}

const idOf = ({ attributes }: XmlElement) => attributes['id'] ?? ''
const residOf = ({ attributes }: XmlElement) => attributes['resid'] ?? ''

function misnamed(element: XmlElement, resources: XmlElement | undefined): Finding[] {
  const list = LISTS[element.name]
  if (!list) return []
  const resid = residOf(element)
  if (!resid)
    return [finding(element, 'names no resource', `Add resid="…", of one of the ${list}.`)]
  const there = resources && child(resources, list)
  if (there?.children.some((resource) => idOf(resource) === resid)) return []
  return [
    finding(
      element,
      `resid "${resid}" is not among the ${list} of its VersionOverrides`,
      'Define it there, or mend the resid.',
    ),
  ]
}

const unusedIn = (defined: XmlElement[], resids: Set<string>): Finding[] =>
  defined
    .filter((element) => !resids.has(idOf(element)))
    .map((element) =>
      finding(
        element,
        `"${idOf(element)}" is used nowhere`,
        'Delete it, or mend the resid that should name it.',
      ),
    )

/** Outlook's own tab goes by the same id wherever it is named. */
const isNamed = ({ name, attributes }: XmlElement) => name !== 'OfficeTab' && !!attributes['id']

function twice(named: XmlElement[]): Finding[] {
  const ids = named.map(idOf)
  return named
    .filter((element, at) => ids.indexOf(idOf(element)) < at)
    .map((element) => finding(element, `"${idOf(element)}" is defined twice`, 'Keep one of them.'))
}

function tooLong(element: XmlElement): Finding[] {
  const { attributes } = element
  return [attributes['id'], attributes['resid']]
    .filter((id) => id !== undefined && id.length > MAX_ID_CHARS)
    .map((id) =>
      finding(element, `id "${id}" is longer than ${MAX_ID_CHARS} characters`, 'Shorten it.'),
    )
}
