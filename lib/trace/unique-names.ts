/** Names that must differ in a file though their sources may not: every use within a scope gets another one, 'a', 'a#2', 'a#3'. */

export type UniqueName = (scope: string, name: string) => string

export const createUniqueNames = (): UniqueName => {
  const taken = new Set<string>()
  const uses = new Map<string, number>()
  return (scope, name) => {
    const key = `${scope}\n${name}`
    let use = uses.get(key) ?? 0
    let unique: string
    do {
      use++
      unique = use === 1 ? name : `${name}#${use}`
      // 'a#2' may have come in as somebody's own name.
    } while (taken.has(`${scope}\n${unique}`))
    uses.set(key, use)
    taken.add(`${scope}\n${unique}`)
    return unique
  }
}
