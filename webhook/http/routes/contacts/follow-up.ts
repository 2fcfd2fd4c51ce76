import { Router, type Response } from 'express'
import { z } from 'zod'
import {
  ChangeTask,
  ContactStage,
  MeetingPage,
  NewTask,
  Note,
  NotePage,
  Pipeline,
  SavePipeline,
  SetStage,
  Task,
  TaskPage,
  WriteNote,
} from '../../../../models/wire/contacts/follow-up.ts'
import type { FollowUpDesks } from '../../../follow-up/open-follow-ups.ts'
import { requireAdmin } from '../../authenticate.ts'
import { answerVersioned, versionSeen } from '../../etag.ts'
import { answer, parse } from '../../parse.ts'
import { Id, idIn, memberIn, Page } from './query.ts'

const yesOrNo = z.enum(['true', 'false']).transform((text) => text === 'true')

export const TaskQuery = Page.extend({
  contact: Id.nullable().default(null),
  mine: yesOrNo.default(false),
  done: yesOrNo.nullable().default(null),
})

export type FollowUpRouteParts = { followUpDesks: FollowUpDesks }

/** Notes, tasks, stages and meetings, below `/api/v1`: for members, as contacts are. */
export function followUpRoutes(parts: FollowUpRouteParts): Router {
  const router = Router()
  router.use('/contacts/:id', contactFollowUpRoutes(parts))
  router.get('/emails/:id/notes', async (request, response) => {
    const { notes } = parts.followUpDesks
    const page = parse(Page, request.query)
    answer(response, NotePage, await notes.ofEmail(memberIn(response), idIn(request), page))
  })
  router.use('/notes/:id', noteRoutes(parts))
  router.use('/tasks', taskRoutes(parts))
  router.use('/pipeline', pipelineRoutes(parts))
  return router
}

/** What there is of one contact. */
function contactFollowUpRoutes({ followUpDesks }: FollowUpRouteParts): Router {
  const { notes, stages, meetings } = followUpDesks
  const router = Router({ mergeParams: true })

  router.get('/notes', async (request, response) => {
    const page = parse(Page, request.query)
    answer(response, NotePage, await notes.page(memberIn(response), idIn(request), page))
  })

  router.post('/notes', async (request, response) => {
    const { text } = parse(WriteNote, request.body)
    const about = { contactIds: [idIn(request)], emailId: null, text }
    show(response.status(201), Note, await notes.write(memberIn(response), about))
  })

  router.get('/stage', async (request, response) => {
    show(response, ContactStage, await stages.of(memberIn(response), idIn(request)))
  })

  router.put('/stage', async (request, response) => {
    const { stageId } = parse(SetStage, request.body)
    const seen = { contactId: idIn(request), version: versionSeen(request) }
    show(response, ContactStage, await stages.move(memberIn(response), seen, stageId))
  })

  router.get('/meetings', async (request, response) => {
    const page = parse(Page, request.query)
    answer(response, MeetingPage, await meetings.page(memberIn(response), idIn(request), page))
  })

  return router
}

function noteRoutes({ followUpDesks: { notes } }: FollowUpRouteParts): Router {
  const router = Router({ mergeParams: true })

  router.get('/', async (request, response) => {
    show(response, Note, await notes.find(memberIn(response), idIn(request)))
  })

  router.patch('/', async (request, response) => {
    const { text } = parse(WriteNote, request.body)
    const seen = { id: idIn(request), version: versionSeen(request) }
    show(response, Note, await notes.change(memberIn(response), seen, text))
  })

  router.delete('/', async (request, response) => {
    const seen = { id: idIn(request), version: versionSeen(request) }
    await notes.remove(memberIn(response), seen)
    response.status(204).end()
  })

  return router
}

function taskRoutes({ followUpDesks: { tasks } }: FollowUpRouteParts): Router {
  const router = Router()

  router.get('/', async (request, response) => {
    const query = parse(TaskQuery, request.query)
    answer(response, TaskPage, await tasks.page(memberIn(response), query))
  })

  router.post('/', async (request, response) => {
    const wanted = parse(NewTask, request.body)
    show(response.status(201), Task, await tasks.create(memberIn(response), wanted))
  })

  router.get('/:id', async (request, response) => {
    show(response, Task, await tasks.find(memberIn(response), idIn(request)))
  })

  router.patch('/:id', async (request, response) => {
    const changes = parse(ChangeTask, request.body)
    const seen = { id: idIn(request), version: versionSeen(request) }
    show(response, Task, await tasks.change(memberIn(response), seen, changes))
  })

  router.delete('/:id', async (request, response) => {
    const seen = { id: idIn(request), version: versionSeen(request) }
    await tasks.remove(memberIn(response), seen)
    response.status(204).end()
  })

  return router
}

function pipelineRoutes({ followUpDesks: { stages } }: FollowUpRouteParts): Router {
  const router = Router()

  router.get('/', async (_request, response) => {
    show(response, Pipeline, await stages.pipeline(memberIn(response)))
  })

  router.put('/', async (request, response) => {
    const person = memberIn(response)
    requireAdmin(person)
    const wanted = parse(SavePipeline, request.body)
    const version = { version: versionSeen(request) }
    show(response, Pipeline, await stages.savePipeline(person, wanted.stages, version))
  })

  return router
}

const show = <T extends { version: number }>(
  response: Response,
  schema: z.ZodType<T>,
  value: T,
): void => answerVersioned(response, schema, { value, version: value.version })
