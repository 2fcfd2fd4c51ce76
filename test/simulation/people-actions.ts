import { people } from '../../sandbox/sign-in/directory.ts'
import { MINUTE } from '../../webhook/duration.ts'
import { MailboxRules } from '../../models/wire/rules.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { Action, Story } from './story.ts'
import { ada } from './world.ts'

/** What the people of FlowCRM do at its console. */
export const peopleActions: Record<string, [weight: number, act: Action]> = {
  'choose folders': [
    2,
    (story) => {
      const owner = story.anyMailbox()
      const all = story.watchables(owner)
      const chosen = all.filter(() => story.random.chance(0.75))
      story.detach(
        atDesk(story, owner, ({ mailboxDesk }, mailbox) =>
          mailboxDesk.chooseFolders(mailbox, chosen, unhurried()),
        ),
      )
      return `${chosen.length} of ${all.length}`
    },
  ],
  'connect again': [1, (story) => connect(story, story.anyMailbox())],
  pause: [
    1,
    (story) => {
      const owner = story.anyMailbox()
      story.detach(
        atDesk(story, owner, ({ mailboxControl }, mailbox) => mailboxControl.pause(mailbox, 'Ada')),
      )
      story.later(story.random.between(5, 90) * MINUTE, () => resume(story, owner))
    },
  ],
  'ask for everything now': [
    1,
    (story) => {
      const wish = story.random.pick(['syncNow', 'reconcileNow'] as const)
      story.detach(
        atDesk(story, story.anyMailbox(), ({ mailboxControl }, mailbox) =>
          mailboxControl[wish](mailbox),
        ),
      )
      return wish
    },
  ],
  'change settings': [
    1,
    (story) => {
      const settings = {
        pollEveryMinutes: story.random.pick([null, null, 15, 60] as const),
        windowDays: story.random.pick([null, null, 0, 30, 365] as const),
      }
      story.detach(
        atDesk(story, story.anyMailbox(), ({ mailboxControl }, mailbox) =>
          mailboxControl.changeSettings(mailbox, settings),
        ),
      )
      return JSON.stringify(settings)
    },
  ],
}

/** An admin lets the app write, and wants the mailbox to show what is in the CRM. */
export function chooseBothWays(story: Story, owner: string): void {
  const { authority, bothWays } = story.world
  authority.roles.push('Mail.ReadWrite')
  const rules = MailboxRules.parse({ direction: 'two-way' })
  const save = atDesk(story, owner, async (desk, mailbox) => {
    await desk.rules.saveMailbox({ person: ada, mailbox }, 0, { rules })
    bothWays.add(addressOf(owner))
  })
  story.detach(save)
}

/** An admin connects the mailbox with the app's own permission, for the first time or again. */
export function connect(story: Story, owner: string): void {
  const desk = story.anyInstance()?.service.context.mailboxDesk
  if (desk) story.detach(desk.connectShared(ada, addressOf(owner), unhurried()))
}

const addressOf = (owner: string): string =>
  Object.values(people).find(({ oid }) => oid === owner)?.mail ?? ''

export function watchEverything(story: Story, owner: string): void {
  story.detach(
    atDesk(story, owner, ({ mailboxDesk }, mailbox) =>
      mailboxDesk.chooseFolders(mailbox, story.watchables(owner), unhurried()),
    ),
  )
}

export function resume(story: Story, owner: string): void {
  story.detach(
    atDesk(story, owner, ({ mailboxControl }, mailbox) => mailboxControl.resume(mailbox)),
  )
}

type Context = NonNullable<ReturnType<Story['anyInstance']>>['service']['context']
type Desk = Pick<Context, 'mailboxDesk' | 'mailboxControl' | 'rules'>

/** Something an admin does to a connected mailbox, at any process that can answer. */
export async function atDesk<T>(
  story: Story,
  owner: string,
  act: (desk: Desk, mailbox: Mailbox) => Promise<T>,
): Promise<T | null> {
  const context = story.anyInstance()?.service.context
  const connected = await context?.mailboxes.inWorkspace(ada.workspaceId)
  const mailbox = connected?.find(({ providerUserId }) => providerUserId === owner)
  return context && mailbox ? act(context, mailbox) : null
}

const unhurried = () => new AbortController().signal
