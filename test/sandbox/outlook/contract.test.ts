import { beforeAll, describe, expect, it } from '@jest/globals'
import { readFile } from 'node:fs/promises'
import { REFUSALS } from '../../../sandbox/outlook/page/answers/refusal.ts'
import { ENUMS } from '../../../sandbox/outlook/page/office/enums.ts'
import { SINCE, type Owner } from '../../../sandbox/outlook/page/office/since.ts'

/**
 * The stand-in and Office agree. That every member has Office's own form is checked by the compiler (`satisfies`, in the
 * stand-in itself); here is checked what types do not say: when a member came, and Office's own numbers and words.
 */
let types: string
let officeOnTheWeb: string
beforeAll(async () => {
  ;[types, officeOnTheWeb] = await Promise.all([
    readFile(require.resolve('@types/office-js/index.d.ts'), 'utf8'),
    readFile(require.resolve('@microsoft/office-js/dist/outlook-web-16.01.debug.js'), 'utf8'),
  ])
})

const INTERFACES: Partial<Record<Owner, string>> = {
  mailbox: 'Mailbox',
  messageRead: 'MessageRead',
  messageCompose: 'MessageCompose',
  appointmentRead: 'AppointmentRead',
  appointmentCompose: 'AppointmentCompose',
  body: 'Body',
  subject: 'Subject',
  recipients: 'Recipients',
  from: 'From',
  categories: 'Categories',
  internetHeaders: 'InternetHeaders',
  notificationMessages: 'NotificationMessages',
  sensitivityLabel: 'SensitivityLabel',
  sessionData: 'SessionData',
  customProperties: 'CustomProperties',
  roamingSettings: 'RoamingSettings',
  attachmentDetails: 'AttachmentDetails',
  userProfile: 'UserProfile',
}

/** The members of an interface as the remarks in its declaration tell them: with which Mailbox set each came, if it says. */
function membersOf(name: string): Map<string, number> {
  const head = new RegExp(`^    (export )?interface ${name}( extends [\\w, ]+)? \\{$`, 'm').exec(
    types,
  )
  if (!head) throw new Error(`There is no Office.${name}.`)
  const body = types.slice(head.index, types.indexOf('\n    }', head.index))
  const found = new Map<string, number>()
  for (const [, remark = '', member = ''] of body.matchAll(
    /\/\*\*((?:(?!\*\/)[^])*)\*\/\s+(?:readonly )?(\w+)\??[:(<]/g,
  )) {
    const set = /\[Api set: Mailbox 1\.(\d+)/.exec(remark)?.[1]
    if (!found.has(member)) found.set(member, Number(set ?? 1))
  }
  return found
}

describe("the sandbox's Office.js beside Microsoft's", () => {
  it.each(Object.entries(INTERFACES))('has of %s what came with each set', (owner, name) => {
    const theirs = membersOf(name)
    const ours = Object.entries(SINCE[owner as Owner] as Record<string, number | null>)
    expect(ours.map(([member]) => member).sort()).toEqual([...theirs.keys()].sort())
    const stoodIn = ours.filter(([, set]) => set !== null)
    expect(stoodIn.length).toBeGreaterThan(0)
    expect(Object.fromEntries(stoodIn)).toEqual(
      Object.fromEntries(stoodIn.map(([member]) => [member, theirs.get(member)])),
    )
  })

  it('refuses with the numbers and names that office.js has', () => {
    const theirs = new Map(
      [...officeOnTheWeb.matchAll(/addErrorMessage\((\d+), "(\w+)"/g)].map(([, code, name]) => [
        name,
        Number(code),
      ]),
    )
    const ours = Object.entries(REFUSALS).filter(([, code]) => code >= 9_000)
    expect(Object.fromEntries(ours)).toEqual(
      Object.fromEntries(ours.map(([name]) => [name, theirs.get(name)])),
    )
    expect(officeOnTheWeb).toContain(`ooeInternalError: ${REFUSALS.InternalError},`)
    expect(officeOnTheWeb).toContain(`ooeOperationNotSupported: ${REFUSALS.OperationNotSupported},`)
  })

  it('has the words of its enumerations', () => {
    const { MailboxEnums, EventType } = ENUMS
    for (const [name, values] of Object.entries(MailboxEnums)) {
      const head = types.indexOf(`enum ${name} {`)
      const body = types.slice(head, types.indexOf('\n        }', head))
      for (const [member, value] of Object.entries(values))
        expect(body).toMatch(new RegExp(`\\b${member} = "?${value}"?`))
    }
    for (const name of ['ItemChanged', 'RecipientsChanged', 'AttachmentsChanged'] as const)
      expect(officeOnTheWeb).toContain(`${name}: "${EventType[name]}"`)
  })
})
