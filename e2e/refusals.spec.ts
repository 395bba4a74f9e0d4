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
