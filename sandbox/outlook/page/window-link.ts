import type { Link } from './messages.ts'

/** A link to another window, which must be of that origin; messages of anybody else are not heard. */
export function windowLink<Out, In>(
  here: Window,
  there: () => Window | null,
  origin: string,
): Link<Out, In> {
  return {
    post: (message) => there()?.postMessage(message, origin),
    listen: (listener) =>
      here.addEventListener('message', (event) => {
        if (event.origin === origin && event.source === there()) listener(event.data as In)
      }),
  }
}
