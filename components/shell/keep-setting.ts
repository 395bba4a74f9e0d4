/** Keeps a setting of this browser in a cookie, where the server reads it at the next page. An empty value removes it. */
import { cookieText } from './display-settings.ts'

export const keepSetting = (name: string, value: string): void => {
  // biome-ignore lint/suspicious/noDocumentCookie: cookieStore is missing in browsers that are still in use
  document.cookie = cookieText(name, value)
}
