import type { KnobChanges } from '../../sandbox/graph/knobs.ts'
import { Random } from '../../sandbox/random.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../webhook/duration.ts'
import { faults } from './faults.ts'
import { fairWeather } from './inside/graph-line.ts'
import { mailActions } from './mail-actions.ts'
import {
  atDesk,
  chooseBothWays,
  connect,
  peopleActions,
  resume,
  watchEverything,
} from './people-actions.ts'
import { Story, type Action } from './story.ts'
import { ada, SimulatedWorld, type SimulationOptions } from './world.ts'

export type Outcome = {
  seed: number
  /** Promises that were broken; none when all is well. */
  broken: string[]
  /** What happened, for whoever looks for the cause. */
  story: string[]
}

const ACTIONS = [10, 34] as const
/** Long enough for a sweep and a comparison of ids after everything was put right. */
const QUIET_MS = 80 * MINUTE
/** What is put off longest, like the last try of a message that could not be stored, is over by then. */
const PATIENCE_MS = 4 * HOUR
const LOOK_AGAIN_MS = 10 * MINUTE

/** One life of the service, from the first connection through everything that can go wrong to rest, and what the checker says. */
export async function simulate(
  seed: number,
  { actions, ...options }: Partial<SimulationOptions> & { actions?: number } = {},
): Promise<Outcome> {
  await using world = await SimulatedWorld.start({ ...peculiarities(seed), seed, ...options })
  const story = new Story(world)
  await beginning(story)
  for (let left = actions ?? world.random.between(...ACTIONS); left > 0; left--) {
    await happen(story)
    await world.advance(world.random.between(1, world.random.pick([20, 120, 600])) * SECOND)
  }
  await ending(story)
  const broken = await whatIsBroken(story)
  story.tell(`the end, after ${world.twin.requests.count()} requests to Graph`)
  return { seed, broken, story: [...story.lines] }
}

/** What is broken after the quiet time, and still is when everything that was put off has had its turn. */
async function whatIsBroken(story: Story): Promise<string[]> {
  const { world } = story
  await world.advance(QUIET_MS)
  for (let waitedMs = QUIET_MS; ; waitedMs += LOOK_AGAIN_MS) {
    const broken = [...(await world.findings()), ...(await lights(story))]
    if (broken.length === 0 || waitedMs >= PATIENCE_MS) return broken
    await world.advance(LOOK_AGAIN_MS)
  }
}

/** How this Microsoft 365 and these processes differ from others. */
function peculiarities(
  seed: number,
): Pick<SimulationOptions, 'knobs' | 'maxSkewMs' | 'tokenLifeMs'> {
  const random = new Random(seed + 7)
  const sometimes = (share: number) => (random.chance(share) ? random.pick([0.1, 0.4]) : 0)
  const knobs: KnobChanges = {
    mail: {
      trailingUpdates: random.pick([0, 0, 2]),
      sendDelayMs: random.pick([0, 30 * SECOND]),
      sendChangesImmutableId: random.chance(0.2),
      deltaLagMs: random.pick([0, 0, 20 * SECOND]),
      deltaEmptyPages: sometimes(0.3),
      deltaDuplicates: sometimes(0.3),
      deltaReplays: sometimes(0.3),
      deltaSparse: random.pick(['read-flips', 'all', 'none']),
      deltaLosesRoundTrips: random.chance(0.3),
    },
    subscriptions: { maxMinutes: random.pick([10_080, 4_230]) },
    delivery: { missedAfterLoss: random.chance(0.6) },
    http: { retryAfter: random.pick(['present', 'one', 'fractional', 'absent', 'date']) },
  }
  return {
    knobs,
    maxSkewMs: random.chance(0.25) ? 10 * MINUTE : 0,
    tokenLifeMs: random.chance(0.1) ? HOUR : DAY,
  }
}

/** Mail is there already; mailboxes are connected, folders chosen. */
async function beginning(story: Story): Promise<void> {
  const { world, random } = story
  for (let left = random.between(0, 8); left > 0; left--)
    await mailActions[random.pick(['deliver', 'deliver many', 'new folder', 'write a draft'])]?.[1](
      story,
    )
  for (const owner of story.owners) connect(story, owner)
  await world.advance(random.between(0, 5) * SECOND)
  if (random.chance(0.3)) {
    chooseBothWays(story, story.anyMailbox())
    await world.advance(SECOND) // before the first mail is stored, as that alone is marked
  }
  for (const owner of story.owners) watchEverything(story, owner)
}

const everything = Object.entries({ ...mailActions, ...peopleActions, ...faults })
const totalWeight = everything.reduce((sum, [, [weight]]) => sum + weight, 0)

async function happen(story: Story): Promise<void> {
  let mark = story.random.next() * totalWeight
  const chosen = everything.find(([, [weight]]) => (mark -= weight) <= 0) ?? everything[0]
  if (!chosen) return
  const [name, [, act]] = chosen
  story.tell(name)
  const more = await waited(story, act)
  story.lines.push(`${story.lines.pop()}${typeof more === 'string' && more ? `: ${more}` : ''}`)
}

/** What takes time gets it: sending by way of the Outbox does. */
async function waited(story: Story, act: Action): Promise<unknown> {
  const acting = Promise.resolve(act(story))
  let done = false
  acting.then(
    () => (done = true),
    () => (done = true),
  )
  await story.world.rest.settle()
  for (let patience = 60; !done && patience > 0; patience--) await story.world.advance(10 * SECOND)
  return acting
}

/** Everything is put right, as operators and admins would do. */
async function ending(story: Story): Promise<void> {
  const { world, twin } = story
  story.tell('everything is put right')
  world.weather = fairWeather
  world.store.recover()
  world.authority.refusals.length = 0
  twin.desk.clear()
  for (const { power } of world.instances) power.unfreeze()
  for (const { power } of world.instances) power.defuse()
  world.removeDead()
  while (world.alive.length < 2) await world.startInstance()
  await world.advance(15 * MINUTE)
  for (const owner of story.owners) {
    const mailbox = await atDesk(story, owner, (_desk, found) => Promise.resolve(found))
    if (mailbox?.status !== 'connected') connect(story, owner)
    if (mailbox?.paused) resume(story, owner)
    if (story.hasForgotten) watchEverything(story, owner)
  }
}

/** The lights that are not green although all is well. */
async function lights(story: Story): Promise<string[]> {
  const desk = story.anyInstance()?.service.context.mailboxDesk
  const overviews = await desk?.of({ ...ada })
  return (overviews ?? []).flatMap(({ address, light, folders }) => {
    // Amber for a folder that somebody deleted in Outlook is the truth; for any other it is not.
    const isExplained =
      light.colour === 'amber' &&
      folders.every(({ deleted, light: { colour } }) => deleted || colour === 'green')
    return ['green', 'off'].includes(light.colour) || isExplained
      ? []
      : [`the light of ${address} is ${light.colour}: ${light.sentence}`]
  })
}
