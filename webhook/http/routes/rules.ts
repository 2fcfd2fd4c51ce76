import { Router, type Request } from 'express'
import { z } from 'zod'
import {
  DryRun,
  DryRunRequest,
  MailboxRuleSet,
  RulesApplied,
  SaveMailboxRules,
  SaveWorkspaceRules,
  UndoRules,
  Usage,
  WorkspaceRuleSet,
} from '../../../models/wire/rules.ts'
import { KeptOutPage, KeptOutQuery } from '../../../models/wire/rules/kept-out.ts'
import { RuleVersions } from '../../../models/wire/rules/rule-versions.ts'
import type { MailboxDesk } from '../../crm/ports.ts'
import { ownerOf, workspaceOwner, type RuleDesk } from '../../rules/desk.ts'
import { untilGone } from '../abort.ts'
import { requireAdmin, signedIn } from '../authenticate.ts'
import { answerVersioned, versionSeen } from '../etag.ts'
import { answer, parse } from '../parse.ts'

const MailboxId = z.string().min(1).max(64)

export type RuleRouteParts = { mailboxes: Pick<MailboxDesk, 'find'>; rules: RuleDesk }

/** Below `/rules`: those of the organization, for its admins. */
export function workspaceRuleRoutes({ rules }: Pick<RuleRouteParts, 'rules'>): Router {
  const router = Router()
  const admin = (response: Parameters<typeof signedIn>[0]) => {
    const person = signedIn(response)
    requireAdmin(person)
    return person
  }

  router.get('/', async (_request, response) => {
    const value = await rules.ofWorkspace(admin(response))
    answerVersioned(response, WorkspaceRuleSet, { value, version: value.version })
  })

  router.put('/', async (request, response) => {
    const person = admin(response)
    const wanted = parse(SaveWorkspaceRules, request.body)
    const value = await rules.saveWorkspace(person, versionSeen(request), wanted)
    answerVersioned(response, WorkspaceRuleSet, { value, version: value.version })
  })

  router.get('/versions', async (_request, response) => {
    const { workspaceId } = admin(response)
    answer(response, RuleVersions, await rules.versions(workspaceOwner(workspaceId)))
  })

  router.post('/undo', async (request, response) => {
    const person = admin(response)
    const { to } = parse(UndoRules, request.body)
    const version = versionSeen(request)
    await rules.undo(person, workspaceOwner(person.workspaceId), { version, to })
    const value = await rules.ofWorkspace(person)
    answerVersioned(response, WorkspaceRuleSet, { value, version: value.version })
  })

  router.post('/apply', async (_request, response) => {
    answer(response, RulesApplied, { mailboxes: await rules.applyEverywhere(admin(response)) })
  })

  return router
}

/** Below `/usage`: for everybody, as everybody's mail waits when there is no room. */
export function usageRoutes({ rules }: Pick<RuleRouteParts, 'rules'>): Router {
  return Router().get('/', async (_request, response) => {
    answer(response, Usage, await rules.usage(signedIn(response)))
  })
}

/** Below `/mailboxes`: those of one mailbox, for its owner and admins. */
export function mailboxRuleRoutes({ mailboxes, rules }: RuleRouteParts): Router {
  const router = Router()
  const find = (request: Request, person: ReturnType<typeof signedIn>) =>
    mailboxes.find(person, parse(MailboxId, request.params['id']))

  router.get('/:id/rules', async (request, response) => {
    const value = await rules.ofMailbox(await find(request, signedIn(response)))
    answerVersioned(response, MailboxRuleSet, { value, version: value.version })
  })

  router.put('/:id/rules', async (request, response) => {
    const person = signedIn(response)
    const mailbox = await find(request, person)
    const wanted = parse(SaveMailboxRules, request.body)
    const value = await rules.saveMailbox({ person, mailbox }, versionSeen(request), wanted)
    answerVersioned(response, MailboxRuleSet, { value, version: value.version })
  })

  router.get('/:id/rules/versions', async (request, response) => {
    const mailbox = await find(request, signedIn(response))
    answer(response, RuleVersions, await rules.versions(ownerOf(mailbox)))
  })

  router.get('/:id/rules/kept-out', async (request, response) => {
    const person = signedIn(response)
    const query = parse(KeptOutQuery, request.query)
    const mailbox = await find(request, person)
    answer(response, KeptOutPage, await rules.keptOut({ person, mailbox }, query))
  })

  router.post('/:id/rules/undo', async (request, response) => {
    const person = signedIn(response)
    const mailbox = await find(request, person)
    const { to } = parse(UndoRules, request.body)
    await rules.undo(person, ownerOf(mailbox), { version: versionSeen(request), to })
    const value = await rules.ofMailbox(mailbox)
    answerVersioned(response, MailboxRuleSet, { value, version: value.version })
  })

  router.post('/:id/rules/dry-run', async (request, response) => {
    const person = signedIn(response)
    const mailbox = await find(request, person)
    const question = parse(DryRunRequest, request.body)
    if (question.workspaceRules) requireAdmin(person)
    const asked = { person, mailbox }
    answer(response, DryRun, await rules.dryRun(asked, question, untilGone(response)))
  })

  router.post('/:id/rules/apply', async (request, response) => {
    const person = signedIn(response)
    await rules.applyTo(person, await find(request, person))
    answer(response, RulesApplied, { mailboxes: 1 })
  })

  return router
}
