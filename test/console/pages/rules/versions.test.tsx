/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { aProblem, type FakeService } from '../../support/fake-service.ts'
import { openConsole } from '../../support/open-console.tsx'
import {
  aRuleSet,
  changesOf,
  give,
  OF_ALICE,
  OF_ALL,
  someRules,
  withAdmin,
  withAlice,
} from './rule-facts.ts'

const savedAt = '2026-11-20T09:00:00.000Z'
const someone = (n: number) => ({ of: 'address' as const, value: `somebody.${n}@partner.test` })
const MUCH = {
  was: { excludedFolders: ['f-inbox'] },
  now: {
    ...{ excludedFolders: [], scope: 'contacts' as const },
    neverLog: [
      {
        id: 'r',
        kind: 'any-party' as const,
        entries: Array.from({ length: 9 }, (_, n) => someone(n)),
      },
    ],
  },
}
const versions = [4, 3, 2, 1].map((version) => ({
  ...{ version, savedAt, byName: 'Alice Ashdown' },
  restored: version === 3 ? 1 : null,
  changed: version === 2 ? MUCH : { was: {}, now: version === 4 ? { automated: 'store' } : {} },
}))

const withVersions = (service: FakeService) => {
  withAlice()(service)
  give(service, `GET ${OF_ALICE}/versions`, { versions })
}

describe('the versions of the rules', () => {
  it('are listed with who made them, and each leads back to itself once that is confirmed', async () => {
    await using page = await openConsole(withVersions, '/rules')
    const list = await screen.findByRole('list', { name: 'Versions' })
    const words = [...list.children].map(({ textContent }) => textContent)
    expect(words[0]).toMatch(/^Version 4Alice Ashdown,.*In force$/)
    expect(words[1]).toContain('as in version 1')
    expect(words).toHaveLength(5)
    expect(words[4]).toMatch(/^Before anybody chose/)

    fireEvent.change(screen.getByLabelText('Mail that machines send'), {
      target: { value: 'keep-out' },
    })
    fireEvent.click(screen.getByRole('button', { name: 'Go back to version 2' }))
    const dialog = await screen.findByRole('alertdialog')
    expect(dialog.textContent).toContain('What you have typed and not saved is dropped.')
    expect(changesOf(page.service)).toEqual([])
    const back = aRuleSet({ version: 5, rules: someRules({ scope: 'contacts' }) })
    give(page.service, `POST ${OF_ALICE}/undo`, back)
    fireEvent.click(within(dialog).getByRole('button', { name: 'Go back' }))
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
    expect(changesOf(page.service)).toEqual([
      { asked: `POST ${OF_ALICE}/undo`, ifMatch: '"4"', body: { to: 2 } },
    ])
    expect(screen.getByLabelText<HTMLSelectElement>('Mail that is logged').value).toBe('contacts')
    expect(screen.getByLabelText<HTMLSelectElement>('Mail that machines send').value).toBe('')
    expect(screen.getByText('Everything is saved.')).toBeTruthy()
  })

  it('say what each of them changed, and the whole of it where that is much', async () => {
    await using _page = await openConsole(withVersions, '/rules')
    const changed = (version: number) =>
      [...screen.getByRole('list', { name: `What version ${version} changed` }).children].map(
        ({ textContent }) => textContent,
      )
    const more = await screen.findByRole('button', { name: 'All that it changed: version 2' })
    expect(screen.getAllByRole('button', { name: /^All that it changed/ })).toHaveLength(1)
    expect(changed(4)).toEqual(['Mail that machines send: As your organization → Is logged'])
    expect(changed(3)).toEqual(['Nothing that makes a difference'])
    expect(changed(2)[0]).toMatch(/^Never log: added somebody\.0@partner\.test, .*…$/)
    expect([changed(2).length, more.getAttribute('aria-expanded')]).toEqual([2, 'false'])
    fireEvent.click(more)
    expect(more.getAttribute('aria-expanded')).toBe('true')
    expect(changed(2)[0]).toMatch(/somebody\.8@partner\.test$/)
    expect(changed(2)[2]).toBe('Folders left out: removed Inbox')
  })

  it('stay as they are when going back fails, and the dialog says why', async () => {
    await using page = await openConsole(withVersions, '/rules')
    page.service.instead.set(
      `POST ${OF_ALICE}/undo`,
      aProblem(412, 'changed-meanwhile', 'Load it again.'),
    )
    fireEvent.click(await screen.findByRole('button', { name: 'Go back to the beginning' }))
    const dialog = await screen.findByRole('alertdialog')
    fireEvent.click(within(dialog).getByRole('button', { name: 'Go back' }))
    await within(dialog).findByText('The rules are as they were')
    expect(changesOf(page.service)[0]?.body).toEqual({ to: 0 })
  })
})

describe('rules that are applied', () => {
  it('are so after a word of warning, and tell how many mailboxes are read again', async () => {
    await using page = await openConsole(withAdmin(), '/rules')
    give(page.service, `POST ${OF_ALL}/apply`, { mailboxes: 2 })
    fireEvent.click(await screen.findByRole('button', { name: 'Apply to the mail that is there' }))
    const dialog = await screen.findByRole('alertdialog')
    expect(changesOf(page.service)).toEqual([])
    fireEvent.click(within(dialog).getByRole('button', { name: 'Apply' }))
    expect(await screen.findAllByText('2 mailboxes are read again, by these rules.')).not.toEqual(
      [],
    )
    expect(changesOf(page.service).map(({ asked }) => asked)).toEqual([`POST ${OF_ALL}/apply`])
  })

  it('are no longer said to wait for that', async () => {
    await using page = await openConsole(withAlice(), '/rules')
    fireEvent.change(await screen.findByLabelText('Mail that machines send'), {
      target: { value: 'keep-out' },
    })
    give(page.service, `PUT ${OF_ALICE}`, aRuleSet({ version: 5 }))
    fireEvent.click(screen.getByRole('button', { name: 'Save' }))
    await screen.findByText(/until you apply them to it/)
    give(page.service, `POST ${OF_ALICE}/apply`, { mailboxes: 1 })
    fireEvent.click(await screen.findByRole('button', { name: /^Apply/ }))
    const dialog = await screen.findByRole('alertdialog')
    fireEvent.click(within(dialog).getByRole('button', { name: 'Apply' }))
    await waitFor(() => expect(screen.queryByText(/until you apply them to it/)).toBeNull())
    expect(screen.getAllByText('The mailbox is read again, by these rules.')).not.toEqual([])
  })

  it('are not while something is typed that is not saved', async () => {
    await using _page = await openConsole(withAlice(), '/rules')
    const apply = await screen.findByRole('button', { name: /^Apply/ })
    fireEvent.change(screen.getByLabelText('Mail that machines send'), {
      target: { value: 'keep-out' },
    })
    expect(apply.isConnected).toBe(false)
  })
})
