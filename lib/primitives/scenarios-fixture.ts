/** What the threads of the tests do, by name. */
import { barrierScenarios } from './barrier-scenarios-fixture.ts'
import { contentionScenarios } from './contention-scenarios-fixture.ts'
import { queueScenarios } from './queue-scenarios-fixture.ts'
import { signalScenarios } from './signal-scenarios-fixture.ts'

export const scenarios = { ...contentionScenarios, ...signalScenarios, ...barrierScenarios, ...queueScenarios }

export type Scenarios = typeof scenarios
export type ScenarioName = keyof Scenarios
export type ScenarioResult<Name extends ScenarioName> = Awaited<ReturnType<Scenarios[Name]>>
