import { describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { checkManifest } from '../../../addin/manifest/check.ts'
import { pngSize } from '../../../addin/manifest/png.ts'

const manifest = readFileSync('manifest.xml', 'utf8')

const realSize = (url: string) => {
  try {
    return pngSize(readFileSync(path.join('addin/assets', path.basename(url))))
  } catch {
    return null
  }
}

/** What is found in our manifest after one edit, as "Element says". */
function found(from: string | RegExp, to: string, iconSize = realSize): string[] {
  const broken = manifest.replace(from, to)
  expect(broken).not.toBe(manifest)
  return checkManifest(broken, iconSize).map(({ element, says }) => `${element} ${says}`)
}

describe('our manifest', () => {
  it('has nothing to mend', () => {
    expect(checkManifest(manifest, realSize)).toEqual([])
  })
})

describe('the manifest check', () => {
  it.each<[rule: string, from: string | RegExp, to: string, finding: string | RegExp]>([
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
    [
      'a resid that is not defined',
      'resid="pane.tip"',
      'resid="pane.tipp"',
      'Description resid "pane.tipp" is not defined in its VersionOverrides',
    ],
    [
      'a definition that nobody uses',
      'resid="pane.tip"',
      'resid="pane.label"',
      'bt:String "pane.tip" is used nowhere',
    ],
    [
      'a definition twice',
      'bt:String id="pane.label"',
      'bt:String id="group.label"',
      'bt:String "group.label" is defined twice',
    ],
    [
      'an id of 33 characters',
      'id="group.read"',
      `id="${'g'.repeat(33)}"`,
      `Group id "${'g'.repeat(33)}" is longer than 32 characters`,
    ],
    [
      'a display name of 126 characters',
      'DisplayName DefaultValue="FlowCRM"',
      `DisplayName DefaultValue="${'n'.repeat(126)}"`,
      'DisplayName has 126 characters, 125 are allowed',
    ],
    [
      'a description of 251 characters',
      /<Description DefaultValue=".*"/,
      `<Description DefaultValue="${'d'.repeat(251)}"`,
      'Description has 251 characters, 250 are allowed',
    ],
    [
      'a short string of 126 characters',
      'id="group.label" DefaultValue="FlowCRM"',
      `id="group.label" DefaultValue="${'s'.repeat(126)}"`,
      'bt:String has 126 characters, 125 are allowed',
    ],
    [
      'an empty string',
      'id="group.label" DefaultValue="FlowCRM"',
      'id="group.label" DefaultValue=""',
      'bt:String is empty',
    ],
    [
      'a URL of 2049 characters',
      '/commands.html',
      `/${'c'.repeat(2049 - 'https://localhost:3004/'.length)}`,
      'bt:Url has 2049 characters, 2048 are allowed',
    ],
    [
      'a page over http',
      'https://localhost:3004/taskpane.html',
      'http://localhost:3004/taskpane.html',
      'SourceLocation "http://localhost:3004/taskpane.html" is no https address',
    ],
    [
      'an icon over http',
      'https://localhost:3004/assets/icon-64.png',
      'http://localhost:3004/assets/icon-64.png',
      'IconUrl "http://localhost:3004/assets/icon-64.png" is no https address',
    ],
    [
      'a page of an unlisted domain',
      '<AppDomain>https://localhost:3004</AppDomain>',
      '',
      'SourceLocation https://localhost:3004 is in no AppDomain',
    ],
    [
      'an AppDomain with a path',
      'login.microsoftonline.com<',
      'login.microsoftonline.com/common<',
      'AppDomain "https://login.microsoftonline.com/common" is no https origin',
    ],
    [
      'an icon without a file',
      'icon-128.png',
      'icon-129.png',
      'HighResolutionIconUrl https://localhost:3004/assets/icon-129.png names no PNG in addin/assets',
    ],
    [
      'a store icon of another size',
      'icon-128.png',
      'icon-80.png',
      'HighResolutionIconUrl is said to be 128 px, but its file has 80 × 80',
    ],
    [
      'a command icon of another size',
      'icon-16.png',
      'icon-20.png',
      'bt:Image is said to be 16 px, but its file has 20 × 20',
    ],
    ['a required icon left out', /<bt:Image size="32".*\n/, '', 'Icon has no picture of 32 px'],
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
      'MessageReadCommandSurface',
      'MessageComposeCommandSurface',
      'ExtensionPoint (ExtensionPoint MessageComposeCommandSurface) is missing in the 1.1 block',
    ],
    [
      'pinning in the 1.0 block',
      '</Action>',
      '<SupportsPinning>true</SupportsPinning></Action>',
      'SupportsPinning stands in the 1.0 block',
    ],
    [
      'shared folders switched off by a wrong word',
      '<SupportsSharedFolders>true',
      '<SupportsSharedFolders>yes',
      'SupportsSharedFolders says "yes"',
    ],
    ['an id that is no GUID', /<Id>.*<\/Id>/, '<Id>flowcrm</Id>', 'Id "flowcrm" is no GUID'],
    [
      'a version with letters',
      '<Version>0.1.0.0',
      '<Version>0.1.0-beta',
      'Version "0.1.0-beta" is no version',
    ],
    ['a language without its country', '>en-US<', '>en<', 'DefaultLocale "en" is no full locale'],
    [
      'another permission',
      'ReadWriteItem',
      'ReadWriteMailbox',
      'Permissions "ReadWriteMailbox" is not what we ask for',
    ],
    [
      'another Mailbox set',
      'MinVersion="1.5"',
      'MinVersion="1.8"',
      'Requirements does not ask for Mailbox 1.5 alone',
    ],
    [
      'a pane lower than 32',
      '<RequestedHeight>300',
      '<RequestedHeight>31',
      'RequestedHeight "31" is no height from 32 to 450',
    ],
  ])('finds %s', (_rule, from, to, finding) => {
    expect(found(from, to)).toContain(finding)
  })

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
    expect(checkManifest(manifest.replace('<Version>0.1', '<Version>x'), realSize)).toEqual([
      {
        line,
        element: 'Version',
        says: '"x.0.0" is no version',
        mend: 'Write 1 to 4 numbers with dots; raise it on every change.',
      },
    ])
  })
})
