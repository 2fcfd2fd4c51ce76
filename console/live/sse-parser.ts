export type ServerSentEvent = { type: string; data: string }

/** Reads a `text/event-stream` that comes in pieces of any size: feed it text, get the events that are whole. */
export function createSseParser(): (chunk: string) => ServerSentEvent[] {
  let rest = ''
  let type = ''
  let data: string[] = []

  const take = (line: string): ServerSentEvent | undefined => {
    if (line === '') {
      const whole = data.length > 0 ? { type: type || 'message', data: data.join('\n') } : undefined
      type = ''
      data = []
      return whole
    }
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? []
    if (field === 'event') type = value
    if (field === 'data') data.push(value)
    return undefined // a comment (the heartbeat) or a field nobody needs
  }

  return (chunk) => {
    const text = rest + chunk
    // A carriage return at the very end may be half of a line end.
    const end = text.endsWith('\r') ? text.length - 1 : text.length
    const lines = text.slice(0, end).split(/\r\n|\n|\r/)
    rest = (lines.pop() ?? '') + text.slice(end)
    return lines.map(take).filter((event) => event !== undefined)
  }
}
