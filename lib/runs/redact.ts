/** Takes secrets out of text that goes to a log, a stored run or a browser: known ones, and passwords inside URLs. */

const URL_WITH_PASSWORD = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]*@/gi

/** Secrets shorter than this are no secrets, and replacing them would garble the text. */
const SHORTEST = 8

export const redact = (text: string, secrets: readonly string[]): string => {
  let clean = text.replace(URL_WITH_PASSWORD, '$1***@')
  for (const secret of secrets) if (secret.length >= SHORTEST) clean = clean.replaceAll(secret, '***')
  return clean
}
