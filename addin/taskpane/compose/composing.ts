import type { Choice, Compose } from '../../../models/wire/pane/compose.ts'
import { toFailure } from '../../../ui/api/api-error.ts'
import type { Failure } from '../../../ui/api/failure.ts'
import type { Draft, DraftFacts } from '../../office/compose.ts'
import type { Pane } from '../pane/pane.ts'
import { draftRequestOf } from './requests.ts'

/** What the pane shows beside a draft. What went wrong does not take away what is known. */
export type ComposeView = {
  told: Compose | null
  /** As it is wanted; `saving` says whether the server and the draft have it by now. */
  choice: Choice
  saving: boolean
  /** Outlook says whether it is marked private. */
  tellsPrivacy: boolean
  trouble: { problem: Failure; again: Again } | null
}

/** What did not work, and is tried again. */
export type Again = 'look' | 'save' | 'copy'

export type ComposingParts = { draft: Draft; ask: Pane['ask']; newId: () => string }

const NOTHING_CHOSEN: Choice = { log: false, track: false, copied: false }

/**
 * A draft's pane without its looks. A choice is saved on the server first and then carried by the draft, both repeatable:
 * whatever breaks off in between is done again by the next click.
 */
export class Composing {
  readonly #parts: ComposingParts
  readonly #listeners = new Set<() => void>()
  #view: ComposeView = {
    ...{ told: null, choice: NOTHING_CHOSEN, saving: false },
    ...{ tellsPrivacy: false, trouble: null },
  }
  #turn = 0
  #saves = 0
  /** Something was clicked that the server may not have. */
  #isUnsaved = false
  /** One save after the other: the last word is the one that stays. */
  #saved: Promise<void> = Promise.resolve()
  #facts: DraftFacts | null = null
  /** Made once, so that whatever is tried again is the same. */
  #choiceId: string | null = null
  #isCarried = false
  #isStopped = false
  #isCopying = false
  #unwatch = () => {}

  constructor(parts: ComposingParts) {
    this.#parts = parts
  }

  /** For useSyncExternalStore. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  readonly view = (): ComposeView => this.#view

  start(): void {
    this.#unwatch = this.#parts.draft.watch(() => void this.look('if-changed'))
    void this.look()
  }

  stop(): void {
    this.#isStopped = true
    this.#turn++
    this.#unwatch()
  }

  /** Reads the draft and asks the CRM about it; what a later look overtakes is not shown. */
  async look(when?: 'if-changed'): Promise<void> {
    let turn = this.#turn
    try {
      const facts = await this.#parts.draft.read()
      if (this.#isStopped || (when && this.#isKnown(facts))) return
      turn = ++this.#turn
      const wasUnsaved = this.#isUnsaved
      const told = await this.#parts.ask((crm) => crm.compose(draftRequestOf(facts)))
      if (turn !== this.#turn) return
      this.#facts = facts
      if (told.choice) {
        this.#choiceId = facts.choiceId
        this.#isCarried = true
      }
      const isOver = this.#view.trouble?.again !== 'save'
      const tellsPrivacy = facts.sensitivity !== null
      this.#show({ told, tellsPrivacy, ...(isOver && { trouble: null }) })
      // What was clicked meanwhile is newer than what was asked for.
      if (wasUnsaved || this.#isUnsaved) return
      this.#show({ choice: told.choice ?? this.#view.choice })
    } catch (error) {
      if (turn === this.#turn) this.#fail(error, 'look')
      return
    }
    await this.#copyToDropBox()
  }

  /** Says it; resolves when it is saved, or it is on show why not. */
  choose(change: Partial<Choice>): Promise<void> {
    this.#show({ choice: { ...this.#view.choice, ...change }, saving: true })
    this.#isUnsaved = true
    const mine = ++this.#saves
    return (this.#saved = this.#saved.then(() =>
      mine === this.#saves ? this.#save(mine) : undefined,
    ))
  }

  again(): void {
    if (this.#view.trouble?.again === 'save') void this.choose({})
    else void this.look()
  }

  /** The window gets the focus often, and every look at people's mail is written down. */
  #isKnown(facts: DraftFacts): boolean {
    const isSettled = this.#view.trouble?.again !== 'look'
    return isSettled && JSON.stringify(facts) === JSON.stringify(this.#facts)
  }

  async #save(mine: number): Promise<void> {
    const { draft, ask, newId } = this.#parts
    try {
      const { mailboxAddress } = this.#facts ?? (await draft.read())
      const id = (this.#choiceId ??= newId())
      await ask((crm) => crm.choose({ id, mailboxAddress, ...this.#view.choice }))
      if (!this.#isCarried) await draft.carry(id)
      this.#isCarried = true
      if (mine !== this.#saves) return
      this.#isUnsaved = false
      this.#show({ saving: false, trouble: null })
    } catch (error) {
      if (mine === this.#saves) this.#fail(error, 'save')
    }
  }

  /** Once for each draft: whoever takes the copy out does not get it back. */
  async #copyToDropBox(): Promise<void> {
    const { draft } = this.#parts
    const { told, choice } = this.#view
    if (!told?.dropBox || !draft.canCarry || choice.copied || this.#isCopying || !this.#facts)
      return
    this.#isCopying = true
    const { to, cc, bcc } = this.#facts
    const dropBox = told.dropBox.toLowerCase()
    const isThere = [...to, ...cc, ...bcc].some(({ address }) => address.toLowerCase() === dropBox)
    try {
      if (!isThere) await draft.copyTo(told.dropBox)
      await this.choose({ copied: true })
    } catch (error) {
      this.#isCopying = false
      this.#fail(error, 'copy')
    }
  }

  #fail(error: unknown, again: Again): void {
    // What is not saved stays on show, whatever else goes wrong.
    if (again !== 'save' && this.#view.trouble?.again === 'save') return
    const saving = again !== 'save' && this.#view.saving
    this.#show({ saving, trouble: { problem: toFailure(error), again } })
  }

  #show(change: Partial<ComposeView>): void {
    this.#view = { ...this.#view, ...change }
    for (const listener of this.#listeners) listener()
  }
}
