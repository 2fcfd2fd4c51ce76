/** Longer beginnings tell hardly more, and each is a key in the database. */
const MOST_PREFIX_CHARS = 10
const MOST_WORDS = 12

/** The words of a name as they are searched for: without case, accents and punctuation. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().normalize('NFC')
  return [...new Set(plain.match(/[\p{L}\p{N}]+/gu) ?? [])].slice(0, MOST_WORDS)
}

/** Every beginning of every word, for keys. */
export const beginningsOf = (texts: string[]): string[] => [
  ...new Set(
    wordsOf(texts.join(' ')).flatMap((word) => {
      const letters = [...word].slice(0, MOST_PREFIX_CHARS)
      return letters.map((_, at) => letters.slice(0, at + 1).join(''))
    }),
  ),
]

/** What a search for these words asks the keys for; `areWordsIn` settles what they leave open. */
export const askedBeginnings = (text: string): string[] =>
  wordsOf(text).map((word) => [...word].slice(0, MOST_PREFIX_CHARS).join(''))

/** Whether each word searched for begins a word of the texts. */
export function areWordsIn(asked: string, texts: string[]): boolean {
  const words = wordsOf(texts.join(' '))
  return wordsOf(asked).every((word) => words.some((each) => each.startsWith(word)))
}

/** The same for "Doe, Jane" and "Jane Doe"; null for no name. */
export const wholeNameOf = (name: string): string | null => wordsOf(name).sort().join(' ') || null
