/** Where the movie API is and how to speak to it. Holds the key: it crosses IPC to workers, and never a log, a store or a browser. */

export interface MovieApiSettings {
  mode: 'embedded' | 'tmdb' | 'custom'
  /** With the path, without a trailing slash: 'http://127.0.0.1:4010/3'. */
  baseUrl: string
  /** Either kind of key: 32 hex digits or an API Read Access Token (a JWT). The embedded one accepts any that isn't empty. */
  token: string
  /** The whole server's allowance against the real API, to be divided among workers; null where nothing limits it. */
  requestsPerSecond: number | null
}
