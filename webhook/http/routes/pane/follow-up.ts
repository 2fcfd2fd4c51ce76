import { Router } from 'express'
import {
  ContactStage,
  Meeting,
  NewTask,
  Note,
  Task,
} from '../../../../models/wire/contacts/follow-up.ts'
import {
  LogMeetingRequest,
  MeetingLook,
  MeetingLookRequest,
  PaneNote,
  PaneStage,
  PaneTaskChange,
} from '../../../../models/wire/pane/follow-up.ts'
import type { FollowUpDesks } from '../../../follow-up/open-follow-ups.ts'
import { answer, parse } from '../../parse.ts'
import { memberIn } from '../contacts/query.ts'

/** What people write down beside a message, and meetings; below the pane's other routes, which know who asks. */
export function paneFollowUpRoutes({ followUpDesks }: { followUpDesks: FollowUpDesks }): Router {
  const { notes, tasks, stages, meetings } = followUpDesks
  const router = Router()

  router.post('/notes', async (request, response) => {
    const note = parse(PaneNote, request.body)
    answer(response.status(201), Note, await notes.write(memberIn(response), note))
  })

  router.post('/tasks', async (request, response) => {
    const task = parse(NewTask, request.body)
    answer(response.status(201), Task, await tasks.create(memberIn(response), task))
  })

  router.post('/tasks/change', async (request, response) => {
    const { id, version, ...changes } = parse(PaneTaskChange, request.body)
    answer(response, Task, await tasks.change(memberIn(response), { id, version }, changes))
  })

  router.post('/stage', async (request, response) => {
    const { stageId, ...seen } = parse(PaneStage, request.body)
    answer(response, ContactStage, await stages.move(memberIn(response), seen, stageId))
  })

  router.post('/meetings/look', async (request, response) => {
    const open = parse(MeetingLookRequest, request.body)
    answer(response, MeetingLook, await meetings.look(memberIn(response), open))
  })

  router.post('/meetings/log', async (request, response) => {
    const meeting = parse(LogMeetingRequest, request.body)
    answer(response, Meeting, await meetings.log(memberIn(response), meeting))
  })

  return router
}
