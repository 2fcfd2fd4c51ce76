/** Where nobody looks, nothing is painted. */
const HIDDEN_MS = 500

/** Resolves when what was rendered just now is on show, so that what comes later does not hold it up. */
export const afterPaint = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve, 0)) // the task after a frame's callbacks
    setTimeout(resolve, HIDDEN_MS)
  })
