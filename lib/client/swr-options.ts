/** How swr behaves everywhere: asks again only where asking again may help, and not because a window was focused. */
import type { SWRConfiguration } from 'swr'
import { ApiProblem, fetcher } from './api.ts'

export const swrOptions: SWRConfiguration = {
  fetcher,
  revalidateOnFocus: false,
  errorRetryCount: 4,
  shouldRetryOnError: (error: unknown) => error instanceof ApiProblem && error.mayPass,
}
