/** The one server of this process, for routes and pages; kept out of the browser's code by the compiler. */
import 'server-only'
import { type InterleaveServer, runningServer } from './server.ts'

/** Throws when instrumentation.ts has not started it. */
export const currentServer = (): InterleaveServer => runningServer()
