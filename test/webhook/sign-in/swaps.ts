import type { Random } from '../../../sandbox/random.ts'
import type { PersonKey } from '../../../sandbox/sign-in/directory.ts'
import { locationOf, type Browser } from '../http/support/browser.ts'
import type { World } from '../http/support/world.ts'

export const ATTEMPT = 'flowcrm-sign-in'
export const SESSION = 'flowcrm-session'

/** Somebody on their way to the authority: the browser, and the address it was sent to. */
export type Trip = { browser: Browser; person: PersonKey; away: URL }

export async function depart(world: World, person: PersonKey, path = '/auth/sign-in') {
  const browser = world.browser()
  return departIn(browser, person, path)
}

export async function departIn(browser: Browser, person: PersonKey, path: string): Promise<Trip> {
  return { browser, person, away: new URL(locationOf(await browser.get(path))) }
}

/** The address that the authority sends this person back to. */
export const answerTo = (world: World, { person, away }: Trip): URL =>
  new URL(world.issuer.authorizeAs(person, away.href))

export type Tools = { world: World; random: Random; mine: Trip; theirs: Trip }

/** What an attacker changes between `mine` and `theirs`; the answer is what my browser is then told. */
type Swap = (tools: Tools) => Promise<Response>

/** The answer to my trip, with this changed. */
const withAnswer =
  (change: (back: URL, theirs: URL, tools: Tools) => void): Swap =>
  async (tools) => {
    const { world, mine, theirs } = tools
    const [back, other] = [answerTo(world, mine), answerTo(world, theirs)]
    change(back, other, tools)
    return mine.browser.get(back.href)
  }

/** The same, with another cookie of the attempt in my browser. */
const withCookie = (cookieOf: (mine: string, theirs: string) => string): Swap =>
  withAnswer((_back, _other, { mine, theirs }) => {
    const [own, other] = [mine, theirs].map(({ browser }) => browser.cookies.get(ATTEMPT) ?? '')
    mine.browser.cookies.set(ATTEMPT, cookieOf(own ?? '', other ?? ''))
  })

/** The authority is asked with these of the other trip's parameters. */
const askedWith =
  (...names: string[]): Swap =>
  async ({ world, mine, theirs }) => {
    for (const name of names) mine.away.searchParams.set(name, theirs.away.searchParams.get(name)!)
    return mine.browser.get(answerTo(world, mine).href)
  }

const take = (back: URL, other: URL, ...names: string[]) => {
  for (const name of names) back.searchParams.set(name, other.searchParams.get(name)!)
}

export const swaps: Record<string, Swap> = {
  'the state of another': withAnswer((back, other) => take(back, other, 'state')),
  'the code of another': withAnswer((back, other) => take(back, other, 'code')),
  'the whole answer of another': withAnswer((back, other) => take(back, other, 'state', 'code')),
  'the cookie of another': withCookie((_, theirs) => theirs),
  'the cookie and state of another': withAnswer((back, other, { mine, theirs }) => {
    mine.browser.cookies.set(ATTEMPT, theirs.browser.cookies.get(ATTEMPT)!)
    take(back, other, 'state')
  }),
  'the cookie and code of another': withAnswer((back, other, { mine, theirs }) => {
    mine.browser.cookies.set(ATTEMPT, theirs.browser.cookies.get(ATTEMPT)!)
    take(back, other, 'code')
  }),
  'the nonce of another': askedWith('nonce'),
  'the PKCE challenge of another': askedWith('code_challenge'),
  'the nonce and challenge of another': askedWith('nonce', 'code_challenge'),
  'the state asked for by another': askedWith('state'),
  'no state': withAnswer((back) => back.searchParams.delete('state')),
  'an empty state': withAnswer((back) => back.searchParams.set('state', '')),
  'two states': withAnswer((back, other) =>
    back.searchParams.append('state', other.searchParams.get('state')!),
  ),
  'its state twice': withAnswer((back) =>
    back.searchParams.append('state', back.searchParams.get('state')!),
  ),
  'its state and more': withAnswer((back) =>
    back.searchParams.set('state', `${back.searchParams.get('state')}x`),
  ),
  'its state in capitals': withAnswer((back) =>
    back.searchParams.set('state', back.searchParams.get('state')!.toUpperCase()),
  ),
  'no code': withAnswer((back) => back.searchParams.delete('code')),
  'an empty code': withAnswer((back) => back.searchParams.set('code', '')),
  'two codes': withAnswer((back, other) =>
    back.searchParams.append('code', other.searchParams.get('code')!),
  ),
  'a made-up code': withAnswer((back, _, { random }) =>
    back.searchParams.set('code', Buffer.from(random.bytes(32)).toString('base64url')),
  ),
  'an error beside the code': withAnswer((back) => back.searchParams.set('error', 'access_denied')),
  'no cookie': withAnswer((_back, _other, { mine }) => void mine.browser.cookies.delete(ATTEMPT)),
  'an empty cookie': withCookie(() => ''),
  'half of each cookie': withCookie(
    (own, theirs) => own.slice(0, own.length >> 1) + theirs.slice(theirs.length >> 1),
  ),
  'the head of the other cookie': withCookie((own, theirs) => theirs.slice(0, 20) + own.slice(20)),
  'its cookie cut short': withCookie((own) => own.slice(0, -8)),
  'a session for a cookie': withCookie(() => 'x'.repeat(43)),
  'a bit of its cookie flipped': async (tools) => {
    const bit = tools.random.between(0, 799)
    return withCookie((own) => {
      const bytes = Buffer.from(own.slice(3), 'base64url')
      bytes[bit >> 3]! ^= 1 << (bit & 7)
      return `v1.${bytes.toString('base64url')}`
    })(tools)
  },
  'the code of another, used before': async ({ world, mine, theirs }) => {
    const used = answerTo(world, theirs)
    await signedInAndOut(theirs, used)
    const back = answerTo(world, mine)
    take(back, used, 'code')
    return mine.browser.get(back.href)
  },
  'its own answer, used before': async ({ world, mine }) => {
    const back = answerTo(world, mine)
    const cookie = mine.browser.cookies.get(ATTEMPT)!
    await signedInAndOut(mine, back)
    mine.browser.cookies.set(ATTEMPT, cookie)
    return mine.browser.get(back.href)
  },
  'its own code in a new attempt': async ({ world, mine }) => {
    const back = answerTo(world, mine)
    await signedInAndOut(mine, back)
    const again = await departIn(mine.browser, mine.person, '/auth/sign-in')
    const next = answerTo(world, again)
    take(next, back, 'code')
    return mine.browser.get(next.href)
  },
  'an answer to the consent page': withAnswer((back) => {
    back.pathname = '/auth/admin-consent/callback'
    back.searchParams.set('admin_consent', 'True')
  }),
}

/** A trip that goes well, and its session put away, so that none is left that could be taken for a success. */
async function signedInAndOut({ browser }: Trip, back: URL): Promise<void> {
  locationOf(await browser.get(back.href))
  const { csrfToken } = (await (await browser.get('/api/v1/session')).json()) as {
    csrfToken: string
  }
  const left = await browser.send('POST', '/auth/sign-out', {
    headers: { 'x-csrf-token': csrfToken },
  })
  if (left.status !== 204) throw new Error(`signing out answered ${left.status}`)
}
