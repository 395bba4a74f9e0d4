/** The methods of every route, as it tells them itself and as the OpenAPI document does. */
import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import path from 'node:path'
import test from 'node:test'
import { OPERATIONS } from '#lib/http/openapi.ts'
import { call, type Handler } from './routes-fixture.ts'

test('whoever asks a route for its methods is told those that it does not refuse', async () => {
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
  const routes = globSync('**/route.ts', { cwd: import.meta.dirname }).filter((file) => !file.startsWith('[...'))
  assert.ok(routes.length > 10)
  for (const file of routes) {
    const module: Record<string, () => Response> = await import(`./${file}`)
    const told = module.OPTIONS?.()
    assert.equal(told?.status, 204, file)
    const allowed = told.headers.get('allow')?.split(', ') ?? []
    const refuse = methods.filter((method) => !allowed.includes(method))
    for (const method of refuse) assert.equal(module[method]?.().status, 405, `${method} ${file}`)
    // The refusals name the same.
    const named = module[refuse[0] ?? '']?.().headers.get('allow')?.split(', ') ?? []
    const known = methods.filter((method) => allowed.includes(method))
    assert.deepEqual(named.toSorted(), known.toSorted(), file)
  }
})

test('the OpenAPI document tells every route with its methods, and every reference in it leads somewhere', async () => {
  const document = await (await call('GET', 'openapi.json')).json()
  assert.equal(document.openapi, '3.1.0')
  const told = OPERATIONS.map(({ method, path: route }) => `${method.toUpperCase()} ${route}`)
  const built: string[] = []
  for (const file of globSync('**/route.ts', { cwd: import.meta.dirname })) {
    const folder = path.dirname(file)
    if (folder === '[...path]') continue
    const module: Partial<Record<string, Handler>> = await import(`./${file}`)
    const route = `/api/${folder.replaceAll(/\[(\w+)\]/g, '{$1}')}`
    for (const method of ['GET', 'POST', 'DELETE', 'PUT', 'PATCH']) {
      const handler = module[method]
      // The refusal of a method is a method, too, as far as Next.js is concerned.
      const refuses = handler === module.PUT || handler === module.PATCH
      if (handler !== undefined && !refuses) built.push(`${method} ${route}`)
    }
  }
  assert.deepEqual(built.sort(), told.sort())
  const references = JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)
  for (const [, name = ''] of references) {
    assert.ok(name in document.components.schemas, name)
  }
  assert.ok(document.components.schemas.StartRun.anyOf.length > 0)
})
