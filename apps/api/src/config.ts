import { z } from 'zod'

const Env = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().default('localhost'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  METRICS_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(1).max(200).default(10),
  MEEDENK_SECRET: z.string().min(32),
  PUBLIC_ORIGIN: z.url({ protocol: /^https?$/ }),
  WEB_DIR: z.string().optional(),
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(3000),
  TRUST_PROXY: z.string().optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
})
export type Config = z.output<typeof Env>

/** Reads the environment once, or stops the boot with a list a person can read. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = Env.safeParse(env)
  if (!parsed.success) throw new Error(`Configuration is not complete:\n${z.prettifyError(parsed.error)}`)
  const problems = parsed.data.NODE_ENV === 'production' ? productionProblems(parsed.data) : []
  if (problems.length > 0) throw new Error(`Configuration is not fit for production:\n${problems.join('\n')}`)
  return parsed.data
}

function productionProblems(config: Config): string[] {
  const problems: string[] = []
  if (!config.PUBLIC_ORIGIN.startsWith('https:')) problems.push('PUBLIC_ORIGIN must be https')
  if (/development|secret|changeme|example/i.test(config.MEEDENK_SECRET))
    problems.push('MEEDENK_SECRET is a development secret')
  if (new URL(config.DATABASE_URL).searchParams.get('sslmode') !== 'verify-full')
    problems.push('DATABASE_URL must say sslmode=verify-full')
  return problems
}
