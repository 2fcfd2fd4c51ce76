import { expect } from '@jest/globals'
import { eventually } from '../../support/world.ts'
import { Keys } from './keys.ts'
import { PLAN } from './mail.ts'
import type { Stage } from './stage.ts'

/** What the pane says aloud. */
const hears = (stage: Stage, words: RegExp) =>
  eventually(
    async () => (await stage.pane.getByRole('status').textContent()) ?? '',
    (said) => words.test(said),
    20_000,
  )

/** What was clicked is gone; the focus is not. */
const landsOn = (keys: Keys, name: string) =>
  eventually(
    () => keys.at(),
    (at) => at === name,
    20_000,
  )

/** From the message list on: signs in, chooses, writes, logs. */
export async function logs(stage: Stage): Promise<void> {
  const keys = new Keys(stage)
  stage.world.microsoft.issuer.grantAdminConsent() // so that the window asks for nothing but who it is
  await stage.context.clearCookies()
  await stage.pane.locator('main').waitFor()
  await stage.frame.evaluate('sessionStorage.clear()')
  await stage.act('pane.reload()')
  await stage.shows('Sign in to FlowCRM')
  await stage.row(PLAN).focus()
  await keys.press('Enter')
  await keys.goTo(/^Sign in$/)
  const opened = stage.page.waitForEvent('popup')
  await keys.press('Enter')
  const window = await opened
  await window.getByRole('button', { name: 'Sign in as Alice' }).focus()
  await window.keyboard.press('Enter')
  await stage.shows('Not in the CRM yet.')
  expect(await keys.at()).not.toBeNull()
  await keys.goTo(/^Prices\.xlsx/)
  await keys.press('Space')
  await keys.goTo(/^Note, or another record/)
  await keys.press('Enter')
  await stage.shows('Note, stored with the e-mail')
  await keys.goTo(/^Note, stored/)
  await keys.write('Forty seats, by the window.')
  await keys.goTo(/^Another contact/)
  await keys.write('Gina')
  await keys.press('Enter')
  await stage.shows('gina@litware.test')
  await keys.goTo(/^Log it to Gina/)
  await keys.press('Enter')
  await hears(stage, /Gina Garcia is added/)
  expect(await keys.at()).toMatch(/^Another contact/)
  await keys.goTo(/^Log to CRM$/, 'Shift+Tab')
  await keys.press('Enter')
  await hears(stage, /Logged to the CRM/)
  expect(await keys.at()).toMatch(/^In the CRM since/)
  await stage.shows('Forty seats, by the window.')
  await stage.pane.getByRole('list', { name: 'Contacts' }).getByText('Gina Garcia').waitFor()
  expect(keys.unseen).toEqual([])
}

/** A task is written down and ticked off, and "why" is read. */
export async function followsUp(stage: Stage): Promise<void> {
  const keys = new Keys(stage)
  await keys.goTo(/^Why is it here/)
  await keys.press('Enter')
  await hears(stage, /logged this message|Stored as/)
  await keys.goTo(/^Add task$/)
  await keys.press('Enter')
  await stage.shows('Save task')
  await keys.goTo(/^Task$/)
  await keys.write('Measure the door')
  await keys.goTo(/^Save task$/)
  await keys.press('Enter')
  await hears(stage, /Task added/)
  await landsOn(keys, 'Follow-up')
  await stage.shows('Measure the door')
  await keys.goTo(/^Measure the door/)
  await keys.press('Space')
  await hears(stage, /Task done/)
  await stage.shows('Done:')
  await landsOn(keys, 'Undo: Measure the door')
  expect(keys.unseen).toEqual([])
}

/** What is chosen beside a draft. */
export async function choosesForADraft(stage: Stage): Promise<void> {
  const keys = new Keys(stage)
  await stage.page.getByRole('button', { name: 'New mail' }).focus()
  await keys.press('Enter')
  await stage.page.getByLabel('To', { exact: true }).focus()
  await keys.write('dora@fabrikam.test')
  await keys.press('Tab')
  await stage.shows('Log when sent')
  await keys.goTo(/^Log when sent$/)
  await keys.press('Space')
  await stage.shows('Your choice is saved with this draft.')
  expect(await keys.at()).toBe('Log when sent')
  await keys.goTo(/^Track this email$/)
  expect(keys.unseen).toEqual([])
}
