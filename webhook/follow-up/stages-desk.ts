import type { StageChange } from '../../models/follow-up/follow-up.ts'
import type { ContactStage, Pipeline, PipelineStage } from '../../models/wire/contacts/follow-up.ts'
import { actorOf, type Audit } from '../audit/audit.ts'
import type { Clock } from '../clock.ts'
import { fault } from '../contacts/edit-contact.ts'
import type { Person } from '../crm/ports.ts'
import { ChangedMeanwhileError } from '../errors.ts'
import { idOf } from '../keys/ids.ts'
import type { FollowUp, FollowUpStore } from './follow-up-store.ts'
import { presentStage } from './present.ts'
import type { Whose } from './whose.ts'

export type StagesDeskParts = {
  followUps: FollowUpStore
  whose: Whose
  audit: Audit
  clock: Clock
}

/** Until an admin says otherwise. */
export const DEFAULT_STAGES: readonly PipelineStage[] = [
  { id: 'lead', name: 'Lead' },
  { id: 'talking', name: 'Talking' },
  { id: 'offer', name: 'Offer made' },
  { id: 'customer', name: 'Customer' },
  { id: 'lost', name: 'Lost' },
]

/** A contact moves a few times a year; what is older than so many moves tells nobody anything. */
const MOST_CHANGES = 200

type Version = { version: number }

/** At which stage contacts are, and which stages there are. Everybody in the workspace sees and moves contacts. */
export class StagesDesk {
  constructor(private readonly parts: StagesDeskParts) {}

  async pipeline({ workspaceId }: Pick<Person, 'workspaceId'>): Promise<Pipeline> {
    const found = await this.parts.followUps.find(
      'pipeline',
      workspaceId,
      pipelineIdOf(workspaceId),
    )
    return presentPipeline(found)
  }

  async savePipeline(
    person: Person,
    stages: PipelineStage[],
    { version }: Version,
  ): Promise<Pipeline> {
    const { followUps } = this.parts
    const { workspaceId, userId: byUserId } = person
    const _id = pipelineIdOf(workspaceId)
    const was = await followUps.find('pipeline', workspaceId, _id)
    if ((was?.rev ?? 0) !== version) throw new ChangedMeanwhileError()
    await this.note(person, 'pipeline-changed', { kind: 'pipeline', id: _id })
    const content = { stages }
    const saved = was
      ? await followUps.change(was, { content })
      : await followUps.create('pipeline', { _id, workspaceId, byUserId, content })
    if (!saved) throw new ChangedMeanwhileError()
    return presentPipeline(saved)
  }

  async of({ workspaceId }: Person, contactId: string): Promise<ContactStage> {
    const [id = ''] = await this.parts.whose.standing(workspaceId, [contactId])
    return presentStage(id, await this.standingOf(workspaceId, id))
  }

  /** Of each of these contacts. */
  async ofAll({ workspaceId }: Person, contactIds: string[]): Promise<ContactStage[]> {
    return Promise.all(
      contactIds.map(async (id) => presentStage(id, await this.standingOf(workspaceId, id))),
    )
  }

  async move(
    person: Person,
    { contactId, version }: { contactId: string } & Version,
    stageId: string | null,
  ): Promise<ContactStage> {
    const { followUps, whose, clock } = this.parts
    const { workspaceId, userId: byUserId, displayName: byName } = person
    const [id = ''] = await whose.standing(workspaceId, [contactId])
    const { was, ...standing } = await this.standingOf(workspaceId, id)
    if (standing.version !== version) throw new ChangedMeanwhileError()
    if ((standing.history[0]?.stageId ?? null) === stageId) return presentStage(id, standing)
    const name = await this.nameOf(person, stageId)
    const move: StageChange = { stageId, name, at: clock.now().toISOString(), byUserId, byName }
    const history = [move, ...standing.history].slice(0, MOST_CHANGES)
    await this.note(person, 'stage-changed', { kind: 'contact', id })
    const content = { history }
    const _id = stageIdOf(workspaceId, id)
    const saved = was
      ? await followUps.change(was, { content })
      : await followUps.create('stage', { _id, workspaceId, byUserId, contactIds: [id], content })
    if (!saved) throw new ChangedMeanwhileError()
    await whose.standing(workspaceId, [id]).catch(async (error: unknown) => {
      await followUps.remove(saved) // the contact went meanwhile, and with it what is about it
      throw error
    })
    return presentStage(id, { history, version: saved.rev })
  }

  /** A contact that took another over and was at no stage itself is where the other one was. */
  private async standingOf(workspaceId: string, contactId: string): Promise<Standing> {
    const { followUps, whose } = this.parts
    const was = await followUps.find('stage', workspaceId, stageIdOf(workspaceId, contactId))
    if (was) return { was, history: was.content.history, version: was.rev }
    const contactIds = await whose.withThoseBehind(workspaceId, [contactId])
    const [behind] = await followUps.page('stage', { workspaceId, contactIds }, { limit: 1 })
    return { was: null, history: behind?.content.history ?? [], version: 0 }
  }

  private async nameOf(person: Person, stageId: string | null): Promise<string> {
    if (stageId === null) return ''
    const { stages } = await this.pipeline(person)
    const stage = stages.find(({ id }) => id === stageId)
    if (!stage) throw fault('stageId', 'there is no such stage')
    return stage.name
  }

  private async note(
    person: Person,
    action: 'stage-changed' | 'pipeline-changed',
    object: { kind: string; id: string },
  ): Promise<void> {
    const { workspaceId } = person
    await this.parts.audit.write({ workspaceId, who: actorOf(person), action, object })
  }
}

type Standing = Version & { was: FollowUp<'stage'> | null; history: StageChange[] }

const pipelineIdOf = (workspaceId: string) => idOf('pipeline', workspaceId)
const stageIdOf = (workspaceId: string, contactId: string) => idOf('stage', workspaceId, contactId)

const presentPipeline = (saved: FollowUp<'pipeline'> | null): Pipeline => ({
  stages: saved?.content.stages ?? [...DEFAULT_STAGES],
  version: saved?.rev ?? 0,
})
