import { describe, expect, it } from '@jest/globals'
import { found, type Break } from './broken.ts'

const NEWER = 'VersionOverridesV1_1[^]*?'

const order: Break[] = [
  [
    'an element out of order',
    /( *<Version>.*\n)( *<ProviderName>.*\n)/,
    '$2$1',
    'Version comes too late in OfficeApp',
  ],
  [
    'an element nobody knows',
    '<Permissions>',
    '<Cookies/><Permissions>',
    'Cookies does not belong into OfficeApp',
  ],
  ['a missing element', /<ProviderName>.*\n/, '', 'OfficeApp has no ProviderName'],
  ['an element twice', /(<Permissions>.*\n)/, '$1$1', 'Permissions stands twice in OfficeApp'],
  [
    'a supertip on a phone',
    /(button\.phone\.pane">\s*<Label.*)/,
    '$1<Supertip><Title resid="pane.label"/><Description resid="read.tip"/></Supertip>',
    'Supertip does not belong into Control',
  ],
]

const surfaces: Break[] = [
  [
    'a surface that Outlook does not have',
    'MessageComposeCommandSurface',
    'MessageWriteCommandSurface',
    'ExtensionPoint "MessageWriteCommandSurface" is no surface of DesktopFormFactor',
  ],
  [
    'a menu where we have buttons',
    'xsi:type="Button" id="button.attendee.pane"',
    'xsi:type="Menu" id="button.attendee.pane"',
    'Control is not of the kind that DesktopFormFactor shows',
  ],
  [
    'icons for a desktop on a phone',
    ' xsi:type="bt:MobileIconList"',
    '',
    'Icon is not of the kind that MobileFormFactor shows',
  ],
  [
    'a meeting that could be pinned',
    new RegExp(`(${NEWER}button\\.organizer\\.pane[^]*?<SourceLocation.*)`),
    '$1<SupportsPinning>true</SupportsPinning>',
    'SupportsPinning stands in AppointmentOrganizerCommandSurface',
  ],
]

const overrides: Break[] = [
  [
    'no 1.1 block',
    /<VersionOverrides xmlns="[^"]*1\.1"[^]*?<\/VersionOverrides>/,
    '',
    'VersionOverrides holds no 1.1 block',
  ],
  [
    'a 1.1 block with the 1.0 name',
    'mailappversionoverrides/1.1',
    'mailappversionoverrides',
    'VersionOverrides is not marked as what it is',
  ],
  [
    'a surface missing in the 1.1 block',
    new RegExp(`(${NEWER})<ExtensionPoint xsi:type="AppointmentAttendee[^]*?</ExtensionPoint>`),
    '$1',
    'ExtensionPoint (ExtensionPoint AppointmentAttendeeCommandSurface) is missing in the 1.1 block',
  ],
  [
    'an icon missing in the 1.1 block',
    new RegExp(`(${NEWER})<bt:Image size="20".*`),
    '$1',
    'bt:Image (bt:Image 20) is missing in the 1.1 block',
  ],
  [
    'a text changed in one block only',
    new RegExp(`(${NEWER})See whether the CRM has`),
    '$1Look whether we have',
    'bt:String (bt:String read.tip) says another thing than in the 1.0 block',
  ],
  [
    'pinning in the 1.0 block',
    /(<\/Action>)/,
    '<SupportsPinning>true</SupportsPinning>$1',
    'SupportsPinning stands in the 1.0 block',
  ],
  [
    'shared folders switched off by a wrong word',
    '<SupportsSharedFolders>true',
    '<SupportsSharedFolders>yes',
    'SupportsSharedFolders says "yes"',
  ],
]

describe('the manifest check, of where elements stand', () => {
  it.each([...order, ...surfaces, ...overrides])(
    'finds %s, and nothing else',
    (_what, from, to, finding) => {
      expect(found(from, to)).toEqual([finding])
    },
  )

  it('finds a second group on a phone', () => {
    expect(found(/(<Group id="group\.phone">[^]*?<\/Group>)/, '$1$1')).toContain(
      'Group stands twice in ExtensionPoint',
    )
  })

  it('finds a surface twice', () => {
    const twice = /(<ExtensionPoint xsi:type="MobileMessageRead[^]*?<\/ExtensionPoint>)/
    expect(found(twice, '$1$1')).toContain(
      'ExtensionPoint "MobileMessageReadCommandSurface" stands twice in MobileFormFactor',
    )
  })
})
