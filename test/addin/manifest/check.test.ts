import { describe, expect, it } from '@jest/globals'
import { checkManifest } from '../../../addin/manifest/check.ts'
import { all, child, parseXml, type XmlElement } from '../../../addin/manifest/xml.ts'
import { found, manifest, realSize } from './broken.ts'

const older = child(parseXml(manifest), 'VersionOverrides')!
const newer = child(older, 'VersionOverrides')!
const typesIn = (element: XmlElement) =>
  all(element, 'ExtensionPoint').map(({ attributes }) => attributes['xsi:type'])

describe('our manifest', () => {
  it('has nothing to mend', () => {
    expect(checkManifest(manifest, realSize)).toEqual([])
  })

  it('puts a button beside messages read and written, meetings, and messages on a phone', () => {
    const desktop = [
      'MessageReadCommandSurface',
      'MessageComposeCommandSurface',
      'AppointmentOrganizerCommandSurface',
      'AppointmentAttendeeCommandSurface',
    ]
    expect(typesIn(child(older, 'Hosts')!)).toEqual(desktop)
    expect(typesIn(newer)).toEqual([...desktop, 'MobileMessageReadCommandSurface'])
  })

  it('can be pinned beside messages that are read, and used in shared folders', () => {
    const pinned = all(newer, 'ExtensionPoint').filter(
      (point) => all(point, 'SupportsPinning').length > 0,
    )
    expect(pinned.map(({ attributes }) => attributes['xsi:type'])).toEqual([
      'MessageReadCommandSurface',
    ])
    expect(all(newer, 'SupportsSharedFolders').map(({ text }) => text)).toEqual(['true'])
  })
})

describe('the manifest check', () => {
  it('finds a manifest of 256 KB, and none of a byte less', () => {
    const spare = 256 * 1024 - Buffer.byteLength(manifest)
    expect(checkManifest(manifest + ' '.repeat(spare - 1), realSize)).toEqual([])
    const [finding] = checkManifest(manifest + ' '.repeat(spare), realSize)
    expect(finding).toMatchObject({ element: 'OfficeApp', says: 'is 262144 bytes, 256 KB or more' })
  })

  it('finds a tag that is not closed, with its line', () => {
    const [finding, ...others] = checkManifest(manifest.replace('</Hosts>', ''), realSize)
    expect(others).toEqual([])
    expect(finding?.element).toBe('XML')
    expect(finding?.line).toBeGreaterThan(10)
  })

  it('takes nothing but a mail add-in', () => {
    expect(found('xsi:type="MailApp"', 'xsi:type="TaskPaneApp"')).toEqual([
      'OfficeApp is no mail add-in',
    ])
  })

  it('says on which line, and how to mend it', () => {
    const line = manifest.split('\n').findIndex((text) => text.includes('<Version>')) + 1
    expect(checkManifest(manifest.replace('<Version>0', '<Version>x'), realSize)).toEqual([
      {
        line,
        element: 'Version',
        says: '"x.2.0.0" is no version',
        mend: 'Write 1 to 4 numbers with dots; raise it on every change.',
      },
    ])
  })
})
