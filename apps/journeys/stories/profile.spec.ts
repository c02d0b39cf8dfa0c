import { toast } from '../stage/acts.ts'
import { expect, test, unique } from '../stage/stage.ts'

test('everybody decides what others see of them', async ({ stage }) => {
  stage.watch.allow(/status of 404/)
  const [member, colleague] = await Promise.all([
    stage.member(unique('Marije'), { knows: ['lvb'] }),
    stage.member('Kees'),
  ])
  const { page, name } = member
  const visitor = await stage.visitor()

  await page.goto('/jij')
  await page.getByRole('radio', { name: 'Portret 4' }).check()
  await page.getByLabel('Functie (niet verplicht)').fill('Ambulant begeleider')
  await page.getByLabel('Hier mag je me voor vragen (niet verplicht)').fill('Ik weet hoe je iets uitlegt in beelden.')
  await page.getByRole('button', { name: 'Bewaar', exact: true }).first().click()
  await expect(toast(page)).toContainText('Bewaard.')
  await page.getByRole('link', { name: 'Bekijk je profiel zoals anderen het zien' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  const address = new URL(page.url()).pathname

  await test.step('colleagues find it, visitors do not', async () => {
    await colleague.page.goto('/mensen')
    await colleague.page.getByLabel('Naam of onderwerp').fill(name)
    await colleague.page.getByRole('button', { name: 'Zoek', exact: true }).click()
    await colleague.page.getByRole('link', { name }).click()
    await expect(colleague.page.getByText('Ik weet hoe je iets uitlegt in beelden.')).toBeVisible()
    await expect(colleague.page.getByRole('main').getByText('Ambulant begeleider')).toBeVisible()
    await visitor.goto(address)
    await expect(visitor.getByRole('heading', { level: 1, name: /Deze straat loopt dood/ })).toBeVisible()
  })
  await test.step('until it may be seen by everybody, without the rest', async () => {
    await page.goto('/jij')
    await page.getByLabel('Je profielpagina').selectOption({ label: 'Iedereen' })
    await page.getByRole('button', { name: 'Bewaar', exact: true }).nth(1).click()
    await expect(toast(page)).toContainText('Bewaard.')
    await visitor.goto(address)
    await expect(visitor.getByRole('heading', { level: 1, name })).toBeVisible()
    await expect(visitor.getByText('Ik weet hoe je iets uitlegt in beelden.')).toHaveCount(0)
  })
  await test.step('and a question can start from it', async () => {
    await colleague.page.goto(address)
    await colleague.page.getByRole('link', { name: /mee te denken$/ }).click()
    await expect(colleague.page.getByRole('checkbox', { name: /^LVB/ })).toBeChecked()
  })
})
