import { child, walk, type XmlElement } from '../xml.ts'
import { finding, type Finding, type Rule } from './rule.ts'

/** Longest resid or element id (outlook-addin 1.7). */
const MAX_ID_CHARS = 32

/** Every resid is defined in its own block, every definition is used, and no id is longer than Outlook takes. */
export const resourceIds: Rule = (manifest) => blocksOf(manifest).flatMap(findingsIn)

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
  const used = [...walk(block)].filter(({ attributes }) => attributes['resid'])
  return [
    ...undefinedIn(used, new Set(defined.map(idOf))),
    ...unusedIn(defined, new Set(used.map(residOf))),
    ...twice(defined),
    ...[...walk(block)].flatMap(tooLong),
  ]
}

const idOf = ({ attributes }: XmlElement) => attributes['id'] ?? ''
const residOf = ({ attributes }: XmlElement) => attributes['resid'] ?? ''

const undefinedIn = (used: XmlElement[], ids: Set<string>): Finding[] =>
  used
    .filter((element) => !ids.has(residOf(element)))
    .map((element) =>
      finding(
        element,
        `resid "${residOf(element)}" is not defined in its VersionOverrides`,
        'Add it to the Resources of the same block.',
      ),
    )

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

function twice(defined: XmlElement[]): Finding[] {
  const ids = defined.map(idOf)
  return defined
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
