const IN_BRACKETS = /\([^()]*\)|\[[^[\]]*\]/g
const WORD = /[^\s\p{P}\p{S}]+/gu

/** For a circle: the first letters of the first word and of the last; of a script without capitals one. Empty without words. */
export function initialsOf(nameOrAddress: string): string {
  const [name = ''] = nameOrAddress.split('@')
  const words = name.replace(IN_BRACKETS, ' ').match(WORD) ?? []
  const [first = '', last = ''] = [words.at(0), words.slice(1).at(-1)].map(firstLetter)
  return first === first.toLowerCase() ? first : first + last
}

const firstLetter = (word = '') => [...word].slice(0, 1).join('').toUpperCase()

/** A number below `count`, the same for the same name: for somebody's colour. */
export function placeOf(name: string, count: number): number {
  let sum = 0
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521
  return sum % count
}
