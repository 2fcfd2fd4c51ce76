import { htmlOf } from '../answers/compose.ts'
import { textOf } from '../answers/read.ts'
import { peopleOf, peopleText, type Draft } from '../draft.ts'
import { button, element, required } from './dom.ts'

export type FormActions = {
  send: () => Promise<void>
  save: () => Promise<void>
  discard: () => void
}

const FIELDS = { to: 'To', cc: 'Cc', bcc: 'Bcc' } as const
type Field = keyof typeof FIELDS

/** The form to write in: what a person types goes into the draft, what an add-in puts there shows here. */
export function showForm(draft: Draft, actions: FormActions): void {
  const state = element('p', { class: 'quiet', role: 'status' })
  const carried = element('p', { class: 'quiet carried' })
  const say = (words: string) => (state.textContent = words)
  const doing = (work: () => Promise<void>, done: string) => () =>
    void work().then(
      () => say(done),
      (error: unknown) => say(error instanceof Error ? error.message : 'It did not work.'),
    )
  const told = () => {
    const lines = Object.entries(draft.fields.headers).map(([name, value]) => `${name}: ${value}`)
    carried.textContent = lines.length > 0 ? `Carries ${lines.join(', ')}` : ''
  }
  draft.onChange(told)
  told()
  required('reading', HTMLElement).replaceChildren(
    element(
      'form',
      { class: 'compose', 'aria-label': 'New message' },
      element(
        'div',
        { class: 'actions' },
        button('Send', doing(actions.send, 'Sent.'), 'primary'),
        button('Save', doing(actions.save, 'Saved to Drafts.')),
        button('Discard', actions.discard),
        state,
      ),
      ...(Object.keys(FIELDS) as Field[]).map((field) => recipientsField(draft, field)),
      subjectField(draft),
      bodyField(draft),
      carried,
    ),
  )
}

function recipientsField(draft: Draft, field: Field): HTMLElement {
  const input = element('input', { type: 'text', name: field, autocomplete: 'off' })
  const show = () => (input.value = peopleText(draft.fields[field]))
  input.addEventListener('change', () => draft.set(field, peopleOf(input.value)))
  draft.onChange((part) => part === field && show())
  show()
  return labelled(FIELDS[field], input)
}

function subjectField(draft: Draft): HTMLElement {
  const input = element('input', { type: 'text', name: 'subject', autocomplete: 'off' })
  const show = () => (input.value = draft.fields.subject)
  input.addEventListener('input', () => draft.set('subject', input.value))
  draft.onChange((part) => part === 'subject' && input.value !== draft.fields.subject && show())
  show()
  return labelled('Subject', input)
}

/** One's own words; what is quoted below them goes along as it is. */
function bodyField(draft: Draft): HTMLElement {
  const area = element('textarea', { name: 'body', 'aria-label': 'Message' })
  let quoted = draft.composeType === 'newMail' ? '' : draft.fields.bodyHtml
  let written = draft.fields.bodyHtml
  if (quoted === '') area.value = textOf(written)
  area.addEventListener('input', () => {
    written = htmlOf(area.value) + quoted
    draft.set('bodyHtml', written)
  })
  draft.onChange((part) => {
    if (part !== 'bodyHtml' || draft.fields.bodyHtml === written) return
    // An add-in wrote: from here on all of it is shown as text.
    quoted = ''
    written = draft.fields.bodyHtml
    area.value = textOf(written)
  })
  const note = element('p', { class: 'quiet' }, 'The message below goes along as it is.')
  return element('div', { class: 'body' }, area, ...(quoted === '' ? [] : [note]))
}

const labelled = (label: string, input: HTMLInputElement) =>
  element('label', { class: 'field' }, element('span', { class: 'quiet' }, label), input)
