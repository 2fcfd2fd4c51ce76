/**
 * The folder whose messages a subscription of this mailbox watches, in all the spellings Graph takes and gives back:
 * `users/x/mailFolders('y')/messages`, `/Users('x')/mailfolders/y/Messages?$select=…` (graph-contract 1.3). Null when it
 * watches anything else, or another mailbox.
 */
export function watchedFolder(resource: string, providerUserId: string): string | null {
  const [path = ''] = resource.split('?')
  const [first, ...rest] = path
    .split('/')
    .filter((part) => part !== '')
    .flatMap(splitKey)
  const owner = isWord(first, 'me') ? providerUserId : isWord(first, 'users') ? rest.shift() : ''
  const [folders, folderId, messages, ...more] = rest
  const isFolder = isWord(folders, 'mailfolders') && isWord(messages, 'messages')
  if (!isWord(owner, providerUserId) || !isFolder || more.length > 0) return null
  return folderId ?? null
}

/** `mailFolders('y')` becomes `mailFolders` and `y`; OData doubles a quote inside a key. */
function splitKey(segment: string): string[] {
  const plain = decoded(segment)
  const [, name, key] = /^([^()]+)\('(.*)'\)$/.exec(plain) ?? []
  return name === undefined || key === undefined ? [plain] : [name, key.replaceAll("''", "'")]
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const isWord = (given: string | undefined, word: string) =>
  given?.toLowerCase() === word.toLowerCase()
