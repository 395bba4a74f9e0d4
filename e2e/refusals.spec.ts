/** What the server refuses is said at its field, in the reader's language. */
import { expect, test } from './server.ts'

test('a sweep that does not fit the work is refused in Russian, at the sweep', async ({ page }) => {
  await page.goto('/ru/labs/strategies?sweep=cpuShare:0,0.5')
  await page.getByRole('button', { name: 'Запустить', exact: true }).click()
  await expect(page.getByText('Можно изменить, только если выбрано «Смесь того и другого» (Работа).')).toBeVisible()
  await page.getByRole('combobox', { name: 'Работа' }).selectOption('mixed')
  await expect(page.getByText('Можно изменить, только если')).toHaveCount(0)
})

test('a run that would take too long is refused with the estimate and with what would fit', async ({ page }) => {
  await page.goto('/ru/labs/strategies?workload=fibonacci&size=large&rounds=50&sweep=workers:1,2,3,4,5,6')
  await page.getByRole('button', { name: 'Запустить', exact: true }).click()
  const form = page.getByRole('form', { name: 'Параметры' })
  await expect(form.getByText('Такой запуск шёл бы слишком долго.')).toBeVisible()
  await expect(form.getByText(/Он занял бы около \d+ минут/)).toBeVisible()
  await expect(form.getByText(/При остальных параметрах подошло бы \d+/).first()).toBeVisible()
})

test('an address that asks to start at once starts nothing while a value in it is not accepted, and says which', async ({
  page,
}) => {
  const startedHere = async () => (await (await page.request.get('/api/runs?experiment=race')).json()).runs.length
  const before = await startedHere()
  await page.goto('/en/labs/race?threads=99&start=1')
  await expect(page.getByText('Put right first: Threads')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeDisabled()
  // The wish is spent: what is put right later is started by the person, not by the page.
  await expect.poll(() => new URL(page.url()).searchParams.has('start')).toBe(false)
  await page.getByLabel('Threads').first().fill('2')
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeEnabled()
  expect(await startedHere()).toBe(before)
})
