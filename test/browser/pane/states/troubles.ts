import type { Route } from 'playwright-core'
import { ForbiddenError, NotFoundError, NotSignedInError } from '../../../../webhook/errors.ts'
import { StoreUnavailableError, TooManyRequestsError } from '../../../../webhook/errors.ts'
import { presentProblem } from '../../../../webhook/http/presenters/problem.ts'
import { retryAfterSecondsOf } from '../../../../webhook/http/problems.ts'
import { KEY, KICK_OFF, LUNCH } from '../mail.ts'
import type { Stage } from '../stage.ts'
import { EVERY_THEME, type State } from './state.ts'

const REQUEST_ID = '7f3c2a9e-1d84-4b6f-9a55-0c2e8b7d4f16'

/** As the service refuses. */
const refuse = (stage: Stage, error: Error) => (route: Route) => {
  const problem = presentProblem(error, REQUEST_ID)
  const seconds = retryAfterSecondsOf(error)
  return route.fulfill({
    status: problem.status,
    contentType: 'application/problem+json',
    headers: {
      'access-control-allow-origin': stage.world.addinUrl,
      'access-control-expose-headers': 'retry-after',
      ...(seconds !== null && { 'retry-after': String(seconds) }),
    },
    body: JSON.stringify(problem),
  })
}

/** The service refuses the look at the message that is opened. */
const refused = (name: string, error: Error, says: State['says']): State => ({
  name,
  title: `says what to do about ${name}`,
  reach: async (stage) => {
    await stage.mend()
    await stage.open(KEY)
    await stage.answer('addin/look', refuse(stage, error))
    await stage.act('pane.reload()')
  },
  says,
  ...(name === '5xx' && { themes: EVERY_THEME }),
  leave: (stage) => stage.mend(),
})

/** What does not work, and what to do then. */
export const TROUBLES: State[] = [
  {
    name: 'slow-service',
    title: 'says that an answer takes long',
    reach: async (stage) => {
      await stage.answer('addin/look', () => new Promise<void>(() => undefined))
      await stage.act('pane.reload()')
    },
    says: ['Looking in the CRM', /takes longer than usual/],
    leave: (stage) => stage.mend(),
  },
  {
    name: 'offline',
    title: 'says that FlowCRM cannot be reached',
    reach: async (stage) => {
      await stage.answer('addin/look', (route) => route.abort())
      await stage.act('pane.reload()')
    },
    says: ['The CRM could not be asked', /Check your connection/, 'Try again'],
    leave: (stage) => stage.mend(),
  },
  refused('401', new NotSignedInError(), [
    ...['A sign-in is needed', /session has ended/, 'Sign in to FlowCRM'],
  ]),
  refused(
    '403',
    new ForbiddenError('Only a member of your organization’s workspace can do this.'),
    [/Only a member of your organization/, 'Use another account'],
  ),
  refused('404', new NotFoundError(), [/not yours to see/, 'Try again']),
  refused('429', new TooManyRequestsError(30_000), [/Wait about 30 seconds/, 'Try again']),
  refused(
    '5xx',
    new StoreUnavailableError('The database does not answer. Try again in a moment.'),
    [...[/The database does not answer/, 'Request id for support:', REQUEST_ID, 'Try again']],
  ),
  {
    name: 'protected',
    title: 'says that Outlook does not hand out a protected message',
    reach: async (stage) => {
      await stage.act('pane.reload()')
      await stage.open(LUNCH)
      await stage.fault({ body: 'protected' })
      await stage.press('Log to CRM')
    },
    says: ['The e-mail was not logged', /does not let FlowCRM read this message/],
    leave: (stage) => stage.mend(),
  },
  {
    name: 'item-changed',
    title: 'logs nothing when another message was opened meanwhile',
    reach: async (stage) => {
      await stage.open(KEY)
      await stage.shows('Not in the CRM yet.')
      await stage.fault({ itemChanged: 'missing', calls: 'slow' })
      await stage.press('Log to CRM')
      await stage.open(KICK_OFF)
    },
    says: [/Another message was opened meanwhile, so nothing was logged/, 'Try again'],
    leave: async (stage) => {
      await stage.mend()
      await stage.press('Try again')
      await stage.shows(/In the CRM since/)
    },
  },
]
