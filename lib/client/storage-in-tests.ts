/** A Storage that lives in memory, for tests of what the browser keeps. */
export const memoryStorage = (content: Record<string, string> = {}): Storage => {
  const items = new Map(Object.entries(content))
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
    key: () => null,
    get length() {
      return items.size
    },
  }
}
