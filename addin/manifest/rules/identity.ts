import { all, child, type XmlElement } from '../xml.ts'
import { finding, type Finding, type Rule } from './rule.ts'

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** 1 to 4 numbers of up to 5 digits (outlook-addin 1.2). */
const VERSION = /^\d{1,5}(\.\d{1,5}){0,3}$/
const LOCALE = /^[a-z]{2,3}-[A-Z]{2}$/

/** Who the add-in is and what it asks for: id, version, locale, permission, Mailbox 1.5, height. */
export const identity: Rule = (manifest) => [
  ...textOf(manifest, ['Id', GUID], 'is no GUID', 'Keep the one it was published with.'),
  ...textOf(
    manifest,
    ['Version', VERSION],
    'is no version',
    'Write 1 to 4 numbers with dots; raise it on every change.',
  ),
  ...textOf(
    manifest,
    ['DefaultLocale', LOCALE],
    'is no full locale',
    'Write language and country, as en-US.',
  ),
  // Raising it later makes every administrator agree again; ReadWriteMailbox can be installed by them alone.
  ...textOf(
    manifest,
    ['Permissions', /^ReadWriteItem$/],
    'is not what we ask for',
    'Write ReadWriteItem.',
  ),
  ...mailbox(manifest),
  ...all(manifest, 'RequestedHeight').flatMap(height),
]

function textOf(
  manifest: XmlElement,
  [name, shape]: readonly [string, RegExp],
  says: string,
  mend: string,
): Finding[] {
  const element = child(manifest, name)
  return element && !shape.test(element.text)
    ? [finding(element, `"${element.text}" ${says}`, mend)]
    : []
}

/** Mailbox alone can be asked for, and 1.5 is what on-premises Exchange still has (outlook-addin 1.5). */
function mailbox(manifest: XmlElement): Finding[] {
  const requirements = child(manifest, 'Requirements')
  if (!requirements) return []
  const sets = all(requirements, 'Set')
  const right =
    sets.length === 1 &&
    sets[0]?.attributes['Name'] === 'Mailbox' &&
    sets[0].attributes['MinVersion'] === '1.5'
  return right
    ? []
    : [
        finding(
          requirements,
          'does not ask for Mailbox 1.5 alone',
          'Write <Set Name="Mailbox" MinVersion="1.5"/>.',
        ),
      ]
}

/** In pixels (outlook-addin 1.2). */
function height(element: XmlElement): Finding[] {
  const pixels = Number(element.text)
  if (Number.isInteger(pixels) && pixels >= 32 && pixels <= 450) return []
  return [finding(element, `"${element.text}" is no height from 32 to 450`, 'Write 300.')]
}
