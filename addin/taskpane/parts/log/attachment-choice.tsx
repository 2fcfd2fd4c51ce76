import { Checkbox } from '@fluentui/react-components'
import type { OpenAttachment } from '../../../office/item.ts'
import { Size } from '../../language/size.tsx'
import { Choice } from './contact-choice.tsx'

/** What a picture in a signature weighs at the most; pictures that say something weigh more. */
const SIGNATURE_BYTES = 30_000

/** Which files stay out unless somebody wants them: small pictures that stand in the text. Their positions. */
export const usuallyLeftOut = (attachments: readonly OpenAttachment[]): readonly number[] =>
  attachments.flatMap(({ isInline, size }, at) => (isInline && size <= SIGNATURE_BYTES ? [at] : []))

export type AttachmentChoiceProps = {
  attachments: OpenAttachment[]
  /** Positions of those that stay out. */
  leftOut: readonly number[]
  disabled: boolean
  onChange: (leftOut: readonly number[]) => void
}

/** Which files come along, with their sizes. */
export function AttachmentChoice(props: AttachmentChoiceProps) {
  const { attachments, leftOut, disabled, onChange } = props
  const choose = (at: number, isChosen: boolean) =>
    onChange(isChosen ? leftOut.filter((each) => each !== at) : [...leftOut, at])
  return (
    <Choice legend="Attachments to store">
      {attachments.map(({ name, size, isInline }, at) => (
        <Checkbox
          key={at}
          checked={!leftOut.includes(at)}
          disabled={disabled}
          label={
            <>
              <bdi>{name}</bdi>, <Size bytes={size} />
              {isInline && ', in the text'}
            </>
          }
          onChange={(_event, { checked }) => choose(at, checked === true)}
        />
      ))}
    </Choice>
  )
}
