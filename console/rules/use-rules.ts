import { useState } from 'react'
import type { ZodType } from 'zod'
import type { Failure } from '../../ui/api/failure.ts'
import { useAnnounce } from '../../ui/components/announcer.tsx'
import { useLoadable, type Loadable } from '../../ui/hooks/use-loadable.ts'
import { useSaving, type SavingStatus } from '../../ui/hooks/use-saving.ts'
import type { ConsoleApi } from '../signed-in-api.ts'
import { rebase, same } from './rebase.ts'

/** A version of somebody's rules, as the service gives it. */
export type RuleSet<Rules extends object> = { version: number; rules: Rules }

/** Where somebody's rules are, and what they look like. */
export type RuleSource<Saved extends RuleSet<object>> = {
  path: string
  schema: ZodType<Saved>
  /** Rules as they are sent; left out: as they are typed. */
  outgoing?: (rules: Saved['rules'], set: Saved) => Saved['rules']
}

/** Rules on show. */
export type OpenRules<Saved extends RuleSet<object>> = {
  /** As they are saved. */
  set: Saved
  /** As they are typed. */
  rules: Saved['rules']
  /** As they would be sent. */
  sent: Saved['rules']
  edit: (rules: Saved['rules']) => void
  isEdited: boolean
  discard: () => void
  save: () => void
  saving: SavingStatus
  /** They were saved here, and not changed since. */
  isSaved: boolean
  /** Loads what somebody else has saved, and puts what was typed on top of it. */
  rebaseOnNewest: () => void
  /** A newer version that came of something else; what was typed is dropped. */
  put: (set: Saved) => void
}

/** Rules that are loaded, typed over and saved by version. */
export function useRules<Saved extends RuleSet<object>>(
  api: ConsoleApi,
  { path, schema, outgoing }: RuleSource<Saved>,
): { state: Loadable<OpenRules<Saved>>; reload: () => void } {
  const announce = useAnnounce()
  const { state, reload, replace } = useLoadable(() => api.get(path, schema), [api, path])
  const [typed, setTyped] = useState<{ base: Saved['rules']; rules: Saved['rules'] } | null>(null)
  const [savedVersion, setSavedVersion] = useState<number | null>(null)
  const { saving, save: wait } = useSaving()
  if (state.status !== 'ready') return { state, reload }

  const set = state.value
  const rules = typed ? rebase(typed.base, typed.rules, set.rules) : set.rules
  const sent = outgoing ? outgoing(rules, set) : rules
  const put = (next: Saved) => {
    setTyped(null)
    setSavedVersion(null)
    replace(next)
  }
  const save = () => {
    if (saving === 'saving') return
    const answer = api.ifStill(set.version).send('PUT', path, { rules: sent }, schema)
    wait(answer, (saved) => {
      put(saved)
      setSavedVersion(saved.version)
      announce('The rules are saved.')
    })
  }
  const open: OpenRules<Saved> = {
    ...{ set, rules, sent, put, save, saving },
    edit: (next) => setTyped({ base: set.rules, rules: next }),
    isEdited: !same(rules, set.rules),
    discard: () => setTyped(null),
    isSaved: savedVersion === set.version,
    rebaseOnNewest: () =>
      wait(api.get(path, schema), (newest) => {
        replace(newest)
        announce('The newest rules are here, with what you typed.')
      }),
  }
  return { state: { status: 'ready', value: open }, reload }
}

/** Whether saving failed because somebody else was faster. */
export const isConflict = ({ code }: Failure): boolean => code === 'changed-meanwhile'
