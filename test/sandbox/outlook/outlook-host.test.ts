import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { runInNewContext } from 'node:vm'
import { OutlookHost } from '../../../sandbox/outlook/outlook-host.ts'
import type { FullItem, OutlookMail } from '../../../sandbox/outlook/outlook-mail.ts'
import { aMail } from './support.ts'

const mails: FullItem[] = [
  aMail({ id: 'AA-1' }),
  aMail({ id: 'AA-2', bodyHtml: '<script>alert(1)</script>' }),
]

const mail: OutlookMail = {
  mailboxes: () => [{ address: 'alice@contoso.test', displayName: 'Alice' }],
  messages: async (address) => (address === 'alice@contoso.test' ? mails : []),
  message: async (_address, id) => mails.find((message) => message.id === id) ?? null,
}

let host: OutlookHost
let url: string

beforeEach(async () => {
  host = OutlookHost.create({ mail, paneUrl: 'http://localhost:3004/taskpane.html' })
  url = await host.listen()
})
afterEach(async () => host[Symbol.asyncDispose]())

const messages = '/api/mailboxes/alice%40contoso.test/messages'
const get = (path: string) => fetch(url + path)

describe('the Outlook-like host page', () => {
  it('is a page that may frame the pane and nothing else foreign', async () => {
    const page = await get('/')
    expect(await page.text()).toContain('<title>Mail')
    const policy = page.headers.get('content-security-policy')
    expect(policy).toContain("frame-src 'self' http://localhost:3004")
    expect(policy).toContain("script-src 'self'")
    // The sign-in window must stay able to answer the pane.
    expect(page.headers.get('cross-origin-opener-policy')).toBeNull()
  })

  it('lists the messages of a mailbox and gives one whole', async () => {
    expect(await (await get('/api/start')).json()).toEqual({
      paneUrl: 'http://localhost:3004/taskpane.html',
      mailboxes: [{ address: 'alice@contoso.test', displayName: 'Alice' }],
    })
    expect(await (await get(messages)).json()).toHaveLength(2)
    expect(await (await get(`${messages}/AA-1`)).json()).toEqual(mails[0])
    expect((await get(`${messages}/gone`)).status).toBe(404)
  })

  it('shows a hostile body where it can do nothing', async () => {
    const body = await get(`${messages}/AA-2/body`)
    expect(await body.text()).toBe('<script>alert(1)</script>')
    expect(body.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/)
  })

  it('serves Office.js as one classic script that another origin may load', async () => {
    const script = await get('/office.js')
    expect(script.headers.get('content-type')).toContain('text/javascript')
    expect(script.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    const posted: unknown[] = []
    const window = {
      history: {},
      parent: { postMessage: (...message: unknown[]) => posted.push(message) },
      addEventListener: () => {},
    }
    runInNewContext(await script.text(), {
      window,
      document: { currentScript: { src: `${url}/office.js` } },
      URL,
      setTimeout,
    })
    expect(window).toHaveProperty('Office.onReady')
    expect(posted).toEqual([[{ kind: 'hello' }, url]])
  })

  it('serves the scripts of the page without their types, and nothing beside them', async () => {
    const script = await get('/page/office-bridge.ts')
    expect(script.headers.get('content-type')).toContain('text/javascript')
    expect(await script.text()).not.toContain('import type')
    expect((await get('/page/none.ts')).status).toBe(404)
    expect((await get('/page/..%2foutlook-host.ts')).status).toBe(404)
  })

  it('stops when asked to, connections and all', async () => {
    await get('/')
    await host[Symbol.asyncDispose]()
    await expect(get('/')).rejects.toThrow()
  })
})
