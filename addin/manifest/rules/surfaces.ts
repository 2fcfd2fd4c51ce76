import { all, type XmlElement } from '../xml.ts'
import { blocksOf } from './resources.ts'
import { finding, type Finding, type Rule } from './rule.ts'

/** Where an add-in can put a button, and what button (outlook-addin 1.3). Outlook drops what it does not know, without a word. */
const FORM_FACTORS = {
  DesktopFormFactor: {
    surfaces: [
      'MessageReadCommandSurface',
      'MessageComposeCommandSurface',
      'AppointmentOrganizerCommandSurface',
      'AppointmentAttendeeCommandSurface',
    ],
    control: 'Button',
    icon: undefined,
  },
  MobileFormFactor: {
    surfaces: ['MobileMessageReadCommandSurface'],
    control: 'MobileButton',
    icon: 'bt:MobileIconList',
  },
}

type FormFactor = (typeof FORM_FACTORS)[keyof typeof FORM_FACTORS]

/** Each surface is one Outlook has, once, with buttons of its kind; only messages of a desktop can be pinned. */
export const surfaces: Rule = (manifest) =>
  blocksOf(manifest).flatMap((block) =>
    Object.entries(FORM_FACTORS).flatMap(([name, factor]) =>
      all(block, name).flatMap((element) => [
        ...unknown(element, factor),
        ...ofAnotherKind(element, factor),
        ...pinnedInVain(element),
      ]),
    ),
  )

function unknown(element: XmlElement, { surfaces }: FormFactor): Finding[] {
  const points = all(element, 'ExtensionPoint')
  const types = points.map(typeOf)
  return points.flatMap((point, at) => {
    const type = types[at] ?? ''
    if (!surfaces.includes(type))
      return finding(
        point,
        `"${type}" is no surface of ${element.name}`,
        `There, use only: ${surfaces.join(', ')}.`,
      )
    if (types.indexOf(type) < at)
      return finding(point, `"${type}" stands twice in ${element.name}`, 'Keep one of them.')
    return []
  })
}

function ofAnotherKind(element: XmlElement, { control, icon }: FormFactor): Finding[] {
  const kinds = [...kindOf(all(element, 'Control'), control), ...kindOf(all(element, 'Icon'), icon)]
  return kinds.map(({ found, kind }) =>
    finding(
      found,
      `is not of the kind that ${element.name} shows`,
      kind ? `Write xsi:type="${kind}".` : 'Leave out its xsi:type.',
    ),
  )
}

const kindOf = (elements: XmlElement[], kind: string | undefined) =>
  elements.filter((element) => typeOf(element) !== kind).map((found) => ({ found, kind }))

function pinnedInVain(element: XmlElement): Finding[] {
  return all(element, 'ExtensionPoint')
    .filter((point) => !/^Message(Read|Compose)/.test(typeOf(point) ?? ''))
    .flatMap((point) =>
      all(point, 'SupportsPinning').map((pinning) =>
        finding(
          pinning,
          `stands in ${typeOf(point)}`,
          'Only messages on a desktop can be pinned: delete it here.',
        ),
      ),
    )
}

const typeOf = ({ attributes }: XmlElement) => attributes['xsi:type']
