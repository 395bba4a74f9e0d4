/** Lets tests call routes as functions: `server-only` throws wherever no bundler has taken it out. Imported before the routes. */
import { registerHooks } from 'node:module'

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'server-only' ? { url: 'data:text/javascript,', shortCircuit: true } : next(specifier, context),
})
