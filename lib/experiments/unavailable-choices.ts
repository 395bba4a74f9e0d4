/** Which choices of an experiment can't be made at present, because a server that they need is not there, or is not the one that can. */
import type { FieldError } from '../contract/problem.ts'
import type { AbsentServices } from '../contract/service.ts'
import { SERVICE_SETTINGS } from '../contract/service-settings.ts'
import type { MovieApiSettings } from '../movies/settings.ts'
import type { Experiment, ServiceNeed } from './experiment.ts'

export interface UnavailableChoice extends ServiceNeed {
  reason: NonNullable<AbsentServices[ServiceNeed['service']]>
}

export const unavailableChoices = (experiment: Experiment, absent: AbsentServices): UnavailableChoice[] =>
  (experiment.needs ?? []).flatMap((need) => {
    const reason = absent[need.service]
    return reason ? [{ ...need, reason }] : []
  })

/** @param path 'queue', or 'a.queue' where parameters hold those of others */
const valueAt = (params: Readonly<Record<string, unknown>>, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, name) => (typeof value === 'object' ? Object(value)[name] : undefined), params)

/** The refusal of parameters that make such a choice; empty where they don't. Says what to do, without any address. */
export const refuseUnavailable = (
  experiment: Experiment,
  params: Readonly<Record<string, unknown>>,
  absent: AbsentServices,
): FieldError[] =>
  unavailableChoices(experiment, absent)
    .filter(({ param, value }) => valueAt(params, param) === value)
    .map(({ param, value, service, reason }) => {
      const setting = SERVICE_SETTINGS[service]
      const how =
        reason === 'not-configured'
          ? `set ${setting} and start the server again`
          : `nobody listens at the address in ${setting}: start the server that it names`
      return { path: `params.${param}`, message: `"${value}" is not available: ${how}` }
    })

/** The refusal of emulated conditions where the movie API is a real one, or one that isn't ours; empty where it is embedded. */
export const refuseEmulated = (
  experiment: Experiment,
  params: Readonly<Record<string, unknown>>,
  mode: MovieApiSettings['mode'],
): FieldError[] =>
  mode === 'embedded'
    ? []
    : (experiment.movieApi?.(params)?.emulated ?? []).map((path) => ({
        path: `params.${path}`,
        message:
          'only the embedded movie API emulates this: leave it out, or start the server without TMDB_TOKEN and MOVIE_API_URL',
      }))
