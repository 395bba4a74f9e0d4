/** The servers that are optional, and the setting that turns each on. Without zod, so that the browser can name it, too. */

export const SERVICES = ['redis', 'postgres'] as const
export type Service = (typeof SERVICES)[number]

export const SERVICE_SETTINGS = { redis: 'REDIS_URL', postgres: 'DATABASE_URL' } as const satisfies Record<
  Service,
  string
>
