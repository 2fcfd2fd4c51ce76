import { makeStyles } from '@fluentui/react-components'
import type { ReactNode } from 'react'

/** Words for those who listen: in the accessibility tree, not on the screen. */
export function Hidden({ children }: { children: ReactNode }) {
  return <span className={useStyles().hidden}>{children}</span>
}

/** Weight is for the eyes; those who listen hear it. The `bdi` keeps our word from turning a subject's direction. */
export function UnreadWord() {
  return (
    <Hidden>
      <bdi>Unread: </bdi>
    </Hidden>
  )
}

const useStyles = makeStyles({
  hidden: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    margin: '-1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  },
})
