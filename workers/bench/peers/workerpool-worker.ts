/** What workerpool starts. */
import workerpool from 'workerpool'
import task from './exported-task.ts'

workerpool.worker({ task })
