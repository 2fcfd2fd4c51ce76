import { describe, expect, it } from '@jest/globals'
import { found, type Break } from './broken.ts'

const resources: Break[] = [
  [
    'a resid that is not defined',
    /resid="group\.label"/,
    'resid="group.labl"',
    'Label resid "group.labl" is not among the bt:ShortStrings of its VersionOverrides',
  ],
  [
    'a label that names an address',
    /<Label resid="group\.label"/,
    '<Label resid="url.read"',
    'Label resid "url.read" is not among the bt:ShortStrings of its VersionOverrides',
  ],
  [
    'a label that names nothing',
    /<Label resid="group\.label"/,
    '<Label',
    'Label names no resource',
  ],
  [
    'a definition that nobody uses',
    /resid="read\.tip"/,
    'resid="compose.tip"',
    'bt:String "read.tip" is used nowhere',
  ],
  [
    'a definition twice',
    /( *<bt:Url id="url\.commands".*\n)/,
    '$1$1',
    'bt:Url "url.commands" is defined twice',
  ],
  [
    'two buttons of one name',
    'id="button.attendee.pane"',
    'id="button.organizer.pane"',
    'Control "button.organizer.pane" is defined twice',
  ],
  [
    'an id of 33 characters',
    'id="group.read"',
    `id="${'g'.repeat(33)}"`,
    `Group id "${'g'.repeat(33)}" is longer than 32 characters`,
  ],
]

const lengths: Break[] = [
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
    'a translation of 251 characters',
    /Value="Zeigt, ob Ihr CRM.*"/,
    `Value="${'d'.repeat(251)}"`,
    'Override has 251 characters, 250 are allowed',
  ],
  [
    'a short string of 126 characters',
    'DefaultValue="Log meeting"',
    `DefaultValue="${'s'.repeat(126)}"`,
    'bt:String has 126 characters, 125 are allowed',
  ],
  ['an empty string', 'DefaultValue="Log meeting"', 'DefaultValue=""', 'bt:String is empty'],
  ['an empty translation', 'Value="Besprechung erfassen"', 'Value=""', 'bt:Override is empty'],
  [
    'a URL of 2049 characters',
    '/commands.html',
    `/${'c'.repeat(2049 - 'https://localhost:3004/'.length)}`,
    'bt:Url has 2049 characters, 2048 are allowed',
  ],
  [
    'a label too long for a phone',
    /(id="pane\.label".*\n.*) Value="FlowCRM"/g,
    '$1 Value="FlowCRM im Postfach"',
    'Label "FlowCRM im Postfach" is longer than the 16 characters a phone shows',
  ],
]

const languages: Break[] = [
  [
    'one language only',
    /<Override Locale="de-DE" Value="FlowCRM"\/>/,
    '',
    'DisplayName speaks one language only',
  ],
  [
    'a text that is not translated',
    '<bt:Override Locale="de-DE" Value="Besprechung erfassen"/>',
    '',
    'bt:String "meeting.label" is translated into nothing, DisplayName into de-DE',
  ],
  [
    'a text translated into another language',
    'Locale="de-DE" Value="Zeigt, ob Ihr',
    'Locale="fr-FR" Value="Zeigt, ob Ihr',
    'Description is translated into fr-FR, DisplayName into de-DE',
  ],
  [
    'a language without its country',
    'Locale="de-DE"',
    'Locale="de"',
    'Override "de" is no full locale',
  ],
]

describe('the manifest check, of texts and their names', () => {
  it.each([...resources, ...lengths, ...languages])(
    'finds %s, and nothing else',
    (_what, from, to, finding) => {
      expect(found(from, to)).toEqual([finding])
    },
  )
})
