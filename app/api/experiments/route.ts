/** GET: every experiment, with its parameters as JSON Schema and its defaults for this machine. */
import { describeExperiment } from '#lib/experiments/describe-experiment.ts'
import { experiments } from '#lib/experiments/registry.ts'
import { defineRoute, jsonResponse, onlyMethods } from '#lib/http/define-route.ts'
import { currentServer } from '#lib/runs/current-server.ts'

export const dynamic = 'force-dynamic'

export const GET = defineRoute(async () => {
  const { machine, services } = currentServer()
  await services.refresh()
  return jsonResponse({
    experiments: Object.values(experiments).map((each) => describeExperiment(each, machine, services.absent)),
  })
})

const { refuse, tell } = onlyMethods('GET')

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT, tell as OPTIONS }
