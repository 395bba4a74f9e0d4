/** What piscina and tinypool load: the default export is the task. `null` stands for the empty task. */
import type { PrimesArgs } from '../../workloads/primes.ts'
import { empty, primesAlone } from '../bench-tasks.ts'

export default (args: PrimesArgs | null): unknown => (args === null ? empty() : primesAlone(args))
