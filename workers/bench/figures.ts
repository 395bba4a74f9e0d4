/** All figures of `npm run bench`, in the order of the table. */
import { costFigures } from './executors-cost.ts'
import { speedupFigures } from './executors-speedup.ts'
import type { Figure } from './figure.ts'
import { messageFlowFigures } from './message-flow.ts'
import { mutexFigures } from './primitives/mutex.ts'
import { queueFigures } from './primitives/queue.ts'
import { productForkJoinFigures } from './product/fork-join.ts'
import { requestFigures } from './product/requests.ts'
import { responsivenessFigures } from './product/responsiveness.ts'
import { sameThingFigures } from './same-thing.ts'

export const figures: readonly Figure[] = [
  ...speedupFigures,
  ...costFigures,
  ...mutexFigures,
  ...queueFigures,
  ...messageFlowFigures,
  ...sameThingFigures,
  ...productForkJoinFigures,
  ...requestFigures,
  ...responsivenessFigures,
]
