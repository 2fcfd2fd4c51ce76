import { Field, Select, Spinner } from '@fluentui/react-components'
import { ContactStage, Pipeline } from '../../../models/wire/contacts/follow-up.ts'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { useNow } from '../../../ui/hooks/use-now.ts'
import { useLoadable } from '../../../ui/hooks/use-loadable.ts'
import { mailTime } from '../../../ui/mail-time.ts'
import type { ConsoleApi } from '../../signed-in-api.ts'
import { useSaving } from '../../../ui/hooks/use-saving.ts'

export type StageChoiceProps = {
  api: ConsoleApi
  /** The contact's own path. */
  path: string
}

/** Where the contact stands, since when, and the way to another stage. */
export function StageChoice({ api, path }: StageChoiceProps) {
  const now = useNow()
  const announce = useAnnounce()
  const { saving, save } = useSaving()
  const { state, reload, replace } = useLoadable(async () => {
    const [standing, pipeline] = await Promise.all([
      api.get(`${path}/stage`, ContactStage),
      api.get('/api/v1/pipeline', Pipeline),
    ])
    return { standing, stages: pipeline.stages }
  }, [api, path])

  if (state.status === 'loading') return <Spinner size="tiny" label="Stage" />
  if (state.status === 'failed')
    return <ProblemBar title="The stage did not load" problem={state.error} onRetry={reload} />
  const { standing, stages } = state.value
  const { stage, version, history } = standing
  const known = stage === null || stages.some(({ id }) => id === stage.id)
  const [last] = history

  const move = (stageId: string | null) =>
    save(api.ifStill(version).send('PUT', `${path}/stage`, { stageId }, ContactStage), (next) => {
      replace({ standing: next, stages })
      announce('Stage saved.')
    })
  return (
    <div>
      {typeof saving === 'object' && (
        <ProblemBar title="The stage was not saved" problem={saving} onRetry={reload} />
      )}
      <Field
        label="Stage"
        hint={last ? `Since ${mailTime(last.at, now).short}, by ${last.by.name}` : null}
      >
        <Select
          value={stage?.id ?? ''}
          disabled={saving === 'saving'}
          onChange={(_event, { value }) => move(value || null)}
        >
          <option value="">No stage</option>
          {!known && <option value={stage.id}>{stage.name}</option>}
          {stages.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
    </div>
  )
}
