/** localStorage where the browser grants it; null where it is switched off, which throws on asking. */
export const browserStorage = (): Storage | null => {
  try {
    return window.localStorage
  } catch {
    return null
  }
}
