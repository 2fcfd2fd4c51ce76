import type { Page } from 'playwright-core'
import { KEY } from '../mail.ts'
import type { State } from './state.ts'

let popup: Page | null = null

/** Before anybody is signed in, from the first paint on. The last one leaves Alice signed in. */
export const SIGNING_IN: State[] = [
  {
    name: 'getting-ready',
    title: 'waits for an Office.js that is late',
    reach: async (stage) => {
      await stage.fault({ ready: 'late' })
      await stage.act('pane.reload()')
    },
    says: ['Getting ready'],
    leave: (stage) => stage.fault({ ready: 'soon' }),
  },
  {
    name: 'outlook-silent',
    title: 'says that Outlook does not answer',
    reach: async (stage) => {
      await stage.answer('office.js', (route) => route.abort())
      await stage.act('pane.reload()')
    },
    themes: ['dark'],
    says: ['FlowCRM did not start', /Outlook has not answered/, 'Try again'],
    leave: (stage) => stage.mend(),
  },
  {
    name: 'signed-out',
    title: 'asks for one click to sign in',
    reach: async (stage) => {
      await stage.act('pane.reload()')
      await stage.open(KEY)
    },
    says: ['Sign in to FlowCRM', /With your work account/],
  },
  {
    name: 'signing-in',
    title: 'waits for the window that signs in',
    reach: async (stage) => {
      const opened = stage.page.waitForEvent('popup')
      await stage.press('Sign in')
      popup = await opened
    },
    says: ['Waiting for the sign-in window', 'Open the window again'],
    leave: async (stage) => {
      await popup?.close()
      await stage.act('pane.reload()')
    },
  },
  {
    name: 'consent-missing',
    title: 'says what to choose where somebody has declined',
    reach: (stage) =>
      stage.signIn((window) => window.getByRole('button', { name: 'Cancel' }).click()),
    says: ['A sign-in is needed', /choose Accept in the window/],
  },
  {
    name: 'approval-needed',
    title: 'sends people to an administrator where only one can approve',
    reach: async (stage) => {
      const { faults } = stage.world.microsoft.issuer
      faults.failNext({ grant: 'authorize', user: 'alice', aadsts: 90094 })
      const opened = stage.page.waitForEvent('popup')
      await stage.press('Sign in')
      const window = await opened
      const alice = window.getByRole('button', { name: 'Sign in as Alice' })
      await alice.click({ timeout: 2_000 }).catch(() => undefined) // she may be known already
    },
    says: [/An administrator of your organization has to approve FlowCRM/],
    leave: (stage) => stage.signIn(),
  },
]
