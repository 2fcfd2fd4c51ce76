import { Field, makeStyles, Select } from '@fluentui/react-components'
import type { Contact } from '../../../models/wire/contacts/contact.ts'
import type { ContactStage } from '../../../models/wire/contacts/follow-up.ts'
import type { LookFollowUps } from '../../../models/wire/pane/look.ts'
import { When } from '../language/when.tsx'
import { nameOf } from './name-of.ts'
import type { Saving } from './use-saving.ts'

export type StagesProps = { followUps: LookFollowUps; people: Contact[]; saving: Saving }

/** Where each contact stands, and since when. */
export function Stages({ followUps: { stages, pipeline }, people, saving }: StagesProps) {
  const styles = useStyles()
  const { busy, save } = saving
  return people.map((person) => {
    const standing = stages.find(({ contactId }) => contactId === person.id)
    if (!standing) return null
    const { contactId, stage, version } = standing
    const isGone = stage !== null && !pipeline.some(({ id }) => id === stage.id)
    const move = (id: string) => {
      const wanted = { contactId, version, stageId: id === '' ? null : id }
      void save('Stage saved.', (crm) => crm.setStage(wanted))
    }
    return (
      <Field
        key={contactId}
        label={people.length > 1 ? `Stage of ${nameOf(person)}` : 'Stage'}
        hint={<Since standing={standing} />}
      >
        <Select
          className={styles.choice}
          value={stage?.id ?? ''}
          disabled={busy}
          onChange={(_event, { value }) => move(value)}
        >
          <option value="">No stage</option>
          {isGone && <option value={stage.id}>{stage.name}</option>}
          {pipeline.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
    )
  })
}

function Since({ standing: { history } }: { standing: ContactStage }) {
  const [last] = history
  if (!last) return null
  return (
    <>
      Since <When iso={last.at} />, by <bdi>{last.by.name}</bdi>
    </>
  )
}

const useStyles = makeStyles({ choice: { width: '100%', minWidth: 0 } })
