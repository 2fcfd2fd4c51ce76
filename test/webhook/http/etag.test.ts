import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'express'
import { z } from 'zod'
import { bareApp } from '../../../webhook/http/app.ts'
import { errorHandler } from '../../../webhook/http/error-handler.ts'
import { answerVersioned, requireVersion, versionSeen } from '../../../webhook/http/etag.ts'
import { createLogger } from '../../../webhook/logger.ts'

const Note = z.object({ text: z.string() })

/** A note that is edited by version. */
let server: Server
let url: string
let version = 7
beforeAll(async () => {
  const app = bareApp()
  app.get('/note', (_request, response) =>
    answerVersioned(response, Note, { value: { text: 'hello' }, version }),
  )
  app.put('/note', json(), (request, response) => {
    requireVersion(request, version)
    answerVersioned(response, Note, { value: Note.parse(request.body), version: ++version })
  })
  app.post('/seen', (request, response) => void response.json({ seen: versionSeen(request) }))
  app.use(errorHandler(createLogger('silent')))
  server = createServer(app)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((closed) => server.close(closed)))

const put = (headers: Record<string, string>) =>
  fetch(`${url}/note`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"text":"new"}',
  })

describe('what is edited by version', () => {
  it('says its version, and is changed by who has seen just that', async () => {
    const etag = (await fetch(`${url}/note`)).headers.get('etag')
    expect(etag).toBe('"7"')
    const saved = await put({ 'if-match': '"7"' })
    expect([saved.status, saved.headers.get('etag')]).toEqual([200, '"8"'])
    const late = await put({ 'if-match': '"7"' })
    expect(late.status).toBe(412)
    expect(await late.json()).toMatchObject({ code: 'changed-meanwhile' })
    expect((await put({ 'if-match': '"1", "8"' })).status).toBe(200)
    expect((await put({ 'if-match': '*' })).status).toBe(200)
  })

  it('is not changed by who does not say what they have seen', async () => {
    const blind = await put({})
    expect(blind.status).toBe(428)
    expect(await blind.json()).toMatchObject({ code: 'precondition-missing' })
  })

  it.each(['7', '"x"', 'W/"7"', '', '"7" ; "8"', `"${'9'.repeat(16)}"`])(
    'is not changed by the version %s, which it never had',
    async (tag) => {
      expect((await put({ 'if-match': tag })).status).toBeGreaterThanOrEqual(412)
      const seen = await fetch(`${url}/seen`, { method: 'POST', headers: { 'if-match': tag } })
      expect([412, 428]).toContain(seen.status)
    },
  )

  it('hands the number of the version on to who compares and sets by it', async () => {
    const seen = await fetch(`${url}/seen`, { method: 'POST', headers: { 'if-match': '"12"' } })
    expect(await seen.json()).toEqual({ seen: 12 })
  })
})
