import { describe, expect, it } from '@jest/globals'
import { found, type Break } from './broken.ts'

const urls: Break[] = [
  [
    'a page over http',
    'SourceLocation DefaultValue="https://localhost:3004/taskpane.html"',
    'SourceLocation DefaultValue="http://localhost:3004/taskpane.html"',
    'SourceLocation "http://localhost:3004/taskpane.html" is no https address',
  ],
  [
    'an icon over http',
    'IconUrl DefaultValue="https://localhost:3004/assets/icon-64.png"',
    'IconUrl DefaultValue="http://localhost:3004/assets/icon-64.png"',
    'IconUrl "http://localhost:3004/assets/icon-64.png" is no https address',
  ],
  [
    'a page of an unlisted domain',
    'SourceLocation DefaultValue="https://localhost:3004/taskpane.html"',
    'SourceLocation DefaultValue="https://elsewhere.example/taskpane.html"',
    'SourceLocation https://elsewhere.example is in no AppDomain',
  ],
  [
    'an AppDomain with a path',
    'login.microsoftonline.com<',
    'login.microsoftonline.com/common<',
    'AppDomain "https://login.microsoftonline.com/common" is no https origin',
  ],
]

const icons: Break[] = [
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
    'HighResolutionIconUrl has to be 128 × 128 pixels, but its file has 80 × 80',
  ],
  [
    'a command icon of another size',
    'icon-16.png',
    'icon-20.png',
    'bt:Image has to be 16 × 16 pixels, but its file has 20 × 20',
  ],
  ['a required icon left out', /<bt:Image size="32".*\n/, '', 'Icon has no picture of 32 px'],
  [
    'an icon of a size that no ribbon shows',
    /(VersionOverridesV1_1[^]*?<Icon>)/,
    '$1<bt:Image size="25" resid="icon.25"/>',
    'bt:Image of 25 px is of no size Outlook shows',
  ],
  [
    'a phone icon left out',
    /<bt:Image size="32" scale="3".*\n/,
    '',
    'Icon has no picture of 32 px at scale 3',
  ],
  [
    'a phone icon of its size in points, not in pixels',
    'size="32" scale="3" resid="icon.96"',
    'size="32" scale="3" resid="icon.32"',
    'bt:Image has to be 96 × 96 pixels, but its file has 32 × 32',
  ],
]

const identity: Break[] = [
  ['an id that is no GUID', /<Id>.*<\/Id>/, '<Id>flowcrm</Id>', 'Id "flowcrm" is no GUID'],
  [
    'a version with letters',
    '<Version>0.2.0.0',
    '<Version>0.2.0-beta',
    'Version "0.2.0-beta" is no version',
  ],
  [
    'a version of five parts',
    '<Version>0.2.0.0',
    '<Version>0.2.0.0.1',
    'Version "0.2.0.0.1" is no version',
  ],
  [
    'a part of six digits',
    '<Version>0.2.0.0',
    '<Version>0.202611',
    'Version "0.202611" is no version',
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
]

describe('the manifest check, of addresses, pictures and who we are', () => {
  it.each([...urls, ...icons, ...identity])(
    'finds %s, and nothing else',
    (_what, from, to, finding) => {
      expect(found(from, to)).toEqual([finding])
    },
  )
})
