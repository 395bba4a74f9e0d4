/**
 * Whether Redis and PostgreSQL are there: configured, and somebody listens. Asked again when an answer is older than a few seconds, never
 * for longer than a moment. Whether they let us in is found out by the run that needs them.
 */
import net from 'node:net'
import type { AbsentServices } from '../contract/service.ts'
import { SERVICES, type Service } from '../contract/service-settings.ts'

const FRESH_MS = 3_000
const PATIENCE_MS = 500
const PORTS: Record<Service, number> = { redis: 6_379, postgres: 5_432 }

/** Words that say nothing about anybody, and taking them out would garble every message. */
const LOOPBACK = /^(localhost|127\.[\d.]+|\[::1\])$/
const USUAL_USERS = new Set(['default', 'postgres', 'interleave'])

/** As it is meant; as it is written where a % in it stands for itself. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

export type ServiceUrls = Record<Service, string | null>

/** A connection that is opened and closed again. */
const listens = (url: string, service: Service): Promise<boolean> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(url)
    // Brackets of an IPv6 address are the URL's, not the address's.
    const host = hostname.replace(/^\[|\]$/g, '') || '127.0.0.1'
    const socket = net.connect({ host, port: Number(port) || PORTS[service] })
    const end = (answer: boolean): void => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
    socket.setTimeout(PATIENCE_MS, () => end(false))
  })

export class Services {
  readonly #urls: ServiceUrls
  #absent: AbsentServices = {}
  #askedAt = Number.NEGATIVE_INFINITY
  #asking: Promise<void> | null = null

  constructor(urls: ServiceUrls) {
    this.#urls = urls
    for (const service of SERVICES) this.#absent[service] = urls[service] === null ? 'not-configured' : 'unreachable'
  }

  /** As it was when `refresh` last asked; before that nobody is thought to be there. */
  get absent(): AbsentServices {
    return this.#absent
  }

  /** What must never appear in a message: the addresses, and the passwords, users and hosts in them. */
  get secrets(): string[] {
    return Object.values(this.#urls).flatMap((url) => {
      if (url === null) return []
      const { password, username, hostname } = new URL(url)
      const names = [username, decoded(username)].filter((name) => !USUAL_USERS.has(name))
      const host = LOOPBACK.test(hostname) ? '' : hostname
      return [...new Set([url, password, decoded(password), ...names, host])].filter((text) => text !== '')
    })
  }

  async refresh(): Promise<void> {
    if (performance.now() - this.#askedAt < FRESH_MS) return
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null
    })
    await this.#asking
  }

  async #ask(): Promise<void> {
    const absent: AbsentServices = {}
    await Promise.all(
      SERVICES.map(async (service) => {
        const url = this.#urls[service]
        if (url === null) absent[service] = 'not-configured'
        else if (!(await listens(url, service))) absent[service] = 'unreachable'
      }),
    )
    this.#absent = absent
    this.#askedAt = performance.now()
  }
}
