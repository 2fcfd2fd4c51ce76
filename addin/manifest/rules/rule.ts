import type { XmlElement } from '../xml.ts'

/** What is wrong, where, and how to mend it. */
export type Finding = { line: number; element: string; says: string; mend: string }

/** What the rules know besides the tree. */
export type Facts = {
  bytes: number
  /** Pixel size of the icon a URL of ours names; null when there is no such PNG. */
  iconSize: (url: string) => { width: number; height: number } | null
}

export type Rule = (manifest: XmlElement, facts: Facts) => Finding[]

export function finding({ line, name }: XmlElement, says: string, mend: string): Finding {
  return { line, element: name, says, mend }
}
