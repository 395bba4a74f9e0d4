/** The view of every experiment by its id, loaded when a page of it is shown. Adding one is a line here. */
import type { ExperimentView } from './experiment-view.ts'

const views: Readonly<Record<string, () => Promise<ExperimentView>>> = {
  'movie-search': async () => (await import('./movie-search.tsx')).movieSearchView,
  pair: async () => (await import('./pair.tsx')).pairView,
  coordination: async () => (await import('./coordination.tsx')).coordinationView,
  race: async () => (await import('./race.tsx')).raceView,
  strategies: async () => (await import('./strategies.tsx')).strategiesView,
  'lock-contention': async () => (await import('./lock-contention.tsx')).lockContentionView,
  deadlock: async () => (await import('./deadlock.tsx')).deadlockView,
  semaphore: async () => (await import('./semaphore.tsx')).semaphoreView,
  scaling: async () => (await import('./scaling.tsx')).scalingView,
  scheduling: async () => (await import('./scheduling.tsx')).schedulingView,
  'producer-consumer': async () => (await import('./producer-consumer.tsx')).producerConsumerView,
  isolation: async () => (await import('./isolation.tsx')).isolationView,
}

export const loadView = (id: string): Promise<ExperimentView> => {
  const load = Object.hasOwn(views, id) ? views[id] : undefined
  return load ? load() : Promise.reject(new Error(`no view for the experiment ${id}`))
}
