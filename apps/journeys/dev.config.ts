import base from './playwright.config.ts'

export default { ...base, expect: { timeout: 15_000 }, use: { ...base.use, actionTimeout: 15_000 } }
