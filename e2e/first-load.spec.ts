/** First load stays light: home and movies transfer at most 200 kB of compressed JavaScript, charts come when needed. */
import { expect, test } from './server.ts'

for (const path of ['/en', '/en/movies', '/ru/movies?query=star']) {
  test(`${path} loads at most 200 kB of compressed JavaScript`, async ({ page }) => {
    const client = await page.context().newCDPSession(page)
    await client.send('Network.enable')
    const scripts = new Map<string, number>()
    client.on('Network.responseReceived', ({ requestId, type }) => type === 'Script' && scripts.set(requestId, 0))
    client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) scripts.set(requestId, encodedDataLength)
    })
    await page.goto(path, { waitUntil: 'networkidle' })
    const bytes = [...scripts.values()].reduce((sum, size) => sum + size, 0)
    expect(bytes).toBeGreaterThan(50_000)
    expect(bytes).toBeLessThanOrEqual(200_000)
  })
}
