import { people } from '../../../../sandbox/sign-in/directory.ts'
import { KEY, KICK_OFF } from '../mail.ts'
import type { Stage } from '../stage.ts'
import { EVERY_THEME, type State } from './state.ts'

/** A draft to people outside. */
async function write(stage: Stage, to: string): Promise<void> {
  await stage.page.getByRole('button', { name: 'New mail' }).click()
  const form = stage.page.getByRole('form', { name: 'New message' })
  await form.getByLabel('To', { exact: true }).fill(to)
  await form.getByLabel('Subject', { exact: true }).fill('Next steps')
}

const discard = (stage: Stage) =>
  stage.page.getByRole('button', { name: 'Discard', exact: true }).click()

/** Whatever else can be open: nothing, a draft, a meeting, somebody else's mail. */
export const OTHER_ITEMS: State[] = [
  {
    name: 'no-item',
    title: 'says that no message is open',
    reach: (stage) => stage.act('nothing()'),
    says: ['No message is open', /Open an e-mail/],
  },
  {
    name: 'several-selected',
    title: 'asks for one message where several are selected',
    reach: async (stage) => {
      await stage.open(KEY)
      await stage.row(KICK_OFF).click({ modifiers: ['Control'] })
    },
    says: ['No message is open', /If several are selected, choose one/],
  },
  {
    name: 'draft',
    title: 'tells beforehand what becomes of a draft',
    reach: (stage) => write(stage, 'Dora Dreyer <dora@fabrikam.test>; hugo@litware.test'),
    says: ['Your draft', 'When it is sent', 'Log when sent', 'Dora Dreyer', 'hugo@litware.test'],
  },
  {
    name: 'draft-chosen',
    themes: EVERY_THEME,
    title: 'keeps what is chosen for a draft',
    reach: (stage) => stage.pane.getByLabel('Log when sent').click(),
    says: ['Your choice is saved with this draft.'],
    leave: discard,
  },
  {
    name: 'meeting',
    title: 'offers to log a meeting one is asked to',
    reach: (stage) => stage.act("openMeeting('attendee')"),
    says: ['First delivery: who, when, where', 'Not logged yet.', 'Log meeting', 'Dora Dreyer'],
  },
  {
    name: 'meeting-logged',
    themes: EVERY_THEME,
    title: 'tells who logged a meeting of one’s own',
    reach: async (stage) => {
      await stage.act("openMeeting('organizer')")
      await stage.reopen()
      await stage.press('Log meeting')
    },
    says: ['Logged', /by/, 'Save note'],
  },
  {
    name: 'shared-mailbox',
    title: 'works in a shared mailbox one has rights on',
    reach: async (stage) => {
      await stage.mailbox(`${people.sales.name} (shared)`)
      await stage.open('Where is our order?')
    },
    says: ['Not in the CRM yet.', 'You have not connected this mailbox.', 'Log to CRM'],
  },
  {
    name: 'shared-without-rights',
    title: 'says that a shared mailbox is closed to it',
    reach: async (stage) => {
      await stage.fault({ sharedRights: 'none' })
      await stage.press('Log to CRM')
    },
    says: ['The e-mail was not logged', /some shared folders are closed to add-ins/],
    leave: async (stage) => {
      await stage.mend()
      await stage.mailbox(people.alice.name)
    },
  },
]
