import '../../ui/without-eval.ts'
import { createRoot } from 'react-dom/client'
import { createOutlook } from '../office/outlook.ts'
import { officeReady } from '../office/ready.ts'
import { App } from './app.tsx'
import { connect } from './connect.ts'

const root = document.getElementById('root')
// `Office` is missing altogether when office.js could not be loaded.
const outlook = officeReady(Reflect.get(window, 'Office') as typeof Office | undefined).then(
  createOutlook,
)
// The pane says why; it listens only when React has come that far.
outlook.catch(() => {})
if (root) createRoot(root).render(<App outlook={outlook} connect={connect} />)
