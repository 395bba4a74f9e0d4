/** A timeline of 20,000 spans stays smooth: 95% of frames below 33 ms while panning, read off the browser's own trace. */
import { runToEnd } from './report.ts'
import { expect, test } from './server.ts'

const PANNING_STEPS = 150

test('20,000 spans pan smoothly', async ({ page, browser }) => {
  test.setTimeout(180_000)
  const params = { workload: 'primes', size: 'small', tasks: 480, rounds: 10, warmup: 0 }
  const run = await runToEnd(page, { experiment: 'strategies', params })
  expect(run.status).toBe('succeeded')
  await page.goto(`/en/runs/${run.id}`)
  const root = page.locator('[data-timeline]')
  await root.scrollIntoViewIfNeeded()
  await page.getByRole('combobox', { name: 'Round' }).selectOption({ label: 'All rounds' })
  await expect.poll(async () => Number(await root.getAttribute('data-visible-spans'))).toBeGreaterThan(15_000)
  const plot = page.getByRole('application', { name: 'Timeline' })
  await plot.focus()
  // Zoomed in a little: at the whole there is nowhere to pan to.
  await page.keyboard.press('+')
  const box = await plot.boundingBox()
  if (box === null) throw new Error('the timeline has no place on the page')
  const middle = box.y + box.height / 2
  await page.mouse.move(box.x + box.width * 0.6, middle)
  await page.mouse.down()
  await browser.startTracing(page, {
    categories: ['disabled-by-default-devtools.timeline', 'devtools.timeline', 'devtools.timeline.frame'],
  })
  const times = await page.evaluate(
    (steps) =>
      new Promise<number[]>((resolve) => {
        const stamps: number[] = []
        const tick = (now: number) => {
          stamps.push(now)
          if (stamps.length > steps) resolve(stamps.slice(1).map((stamp, i) => stamp - (stamps[i] ?? stamp)))
          else requestAnimationFrame(tick)
        }
        requestAnimationFrame(tick)
        const target = document.elementFromPoint(innerWidth * 0.5, innerHeight * 0.5)
        let step = 0
        const timer = setInterval(() => {
          step++
          const options = {
            bubbles: true,
            pointerId: 1,
            clientX: innerWidth * 0.6 + 80 * Math.sin(step / 8),
            clientY: innerHeight * 0.5,
            buttons: 1,
          }
          target?.dispatchEvent(new PointerEvent('pointermove', options))
          if (stamps.length > steps) clearInterval(timer)
        }, 16)
      }),
    PANNING_STEPS,
  )
  const trace = JSON.parse((await browser.stopTracing()).toString('utf8'))
  await page.mouse.up()
  const drawn = trace.traceEvents.filter(
    (event: { name: string }) => event.name === 'DrawFrame' || event.name === 'FireAnimationFrame',
  )
  expect(drawn.length).toBeGreaterThan(PANNING_STEPS / 2)
  const sorted = times.toSorted((a, b) => a - b)
  expect(sorted[Math.floor(sorted.length * 0.95)]).toBeLessThan(33)
})
