import { reasons, type ReasonCode } from '../../../../webhook/sync/decide/reasons.ts'
import type { Look } from '../../../../models/wire/pane/look.ts'
import { HEBREW, KEY, KICK_OFF, LUNCH, PLAN } from '../mail.ts'
import type { Stage } from '../stage.ts'
import { EVERY_THEME, type State } from './state.ts'

/** What the ledger would say of the message that is opened next: too rare to wait for, so the answer is changed on its way. */
async function told(stage: Stage, reason: ReasonCode, retryAt: string | null): Promise<void> {
  const { state, sentence, change } = reasons[reason]
  const since = new Date(Date.now() - 600_000).toISOString()
  await stage.answer('addin/look', async (route) => {
    const response = await route.fetch()
    const look = (await response.json()) as Look
    const message = { state, reason, sentence, change, since, retryAt, canLog: true }
    await route.fulfill({ response, json: { ...look, message } })
  })
}

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString()

/** What can be said of a message that is open, and what can be done with it. */
export const MESSAGES: State[] = [
  {
    name: 'not-logged',
    title: 'offers to log what the CRM does not have, with its people and files',
    reach: (stage) => stage.open(PLAN),
    says: [
      ...['Not in the CRM yet.', 'Log to CRM', 'Attachments to store', 'Dora Dreyer'],
      ...['Head of Purchasing, Fabrikam', 'Finn Fischer', 'Send the signed quote'],
    ],
  },
  {
    name: 'log-form',
    themes: EVERY_THEME,
    title: 'takes a note and another record along',
    reach: (stage) => stage.press('Note, or another record'),
    says: ['Note, stored with the e-mail', 'Another contact, by name or address'],
  },
  {
    name: 'create-contact',
    title: 'looks for somebody before it creates them',
    reach: (stage) => stage.press(/^Create contact for Finn/),
    says: ['No contact has this name or address.', 'Name'],
  },
  {
    name: 'why-not-here',
    title: 'tells why a message is not in the CRM',
    reach: async (stage) => {
      await stage.open(KEY)
      await stage.press('Why is it not here?')
    },
    says: [/is not in a watched folder/, 'What would change it:'],
  },
  {
    name: 'excluded',
    themes: EVERY_THEME,
    title: 'tells what keeps a message out',
    reach: (stage) => stage.open(LUNCH),
    says: ['Kept out of the CRM', /belongs to your organization/, 'Log to CRM'],
  },
  {
    name: 'pending',
    title: 'tells since when a message waits, and for what',
    reach: async (stage) => {
      await told(stage, 'daily-limit', inAnHour())
      await stage.open(KEY)
    },
    says: ['On its way to the CRM', /your plan allows in a day/, /Tried again by itself:/],
    leave: (stage) => stage.mend(),
  },
  {
    name: 'failed',
    title: 'tells that a message could not be stored',
    reach: async (stage) => {
      await told(stage, 'fetch-error', null)
      await stage.open(PLAN)
    },
    says: ['Could not be stored', /did not give this message/],
    leave: (stage) => stage.mend(),
  },
  {
    name: 'logged',
    title: 'tells since when the CRM has a message, and from where',
    reach: (stage) => stage.open(KICK_OFF),
    says: [/In the CRM since/, 'Seen by', /alice@contoso\.test, Inbox/, 'Does not belong here'],
  },
  {
    name: 'add-task',
    title: 'takes down what is to be done',
    reach: (stage) => stage.press('Add task'),
    says: ['Follow-up', 'Due', 'Save task', 'Prefers to be called before ten.'],
  },
  {
    name: 'why-here',
    title: 'tells how a message came into the CRM',
    reach: (stage) => stage.press('Why is it here?'),
    says: [/Stored as a new e-mail/],
  },
  {
    name: 'hebrew',
    title: 'runs to the left where Outlook does, its dates in that language',
    reach: async (stage) => {
      await stage.fault({ language: 'he-IL' })
      await stage.open(HEBREW)
      await stage.pane.locator('html[dir=rtl][lang=en] time[lang=he-IL]').first().waitFor()
    },
    says: ['Not in the CRM yet.', 'נועה גפן'],
    leave: async (stage) => {
      await stage.fault({ language: 'en-US' })
      await stage.pane.locator('html[dir=ltr]').waitFor()
      await stage.open(KEY)
    },
  },
]
