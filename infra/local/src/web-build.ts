import { join } from 'node:path'
import { root } from './places.ts'
import { runCommand } from './run-command.ts'

/** Where the built web stands. */
export const webDir = join(root, 'apps', 'web', 'dist')

/** Builds the web; turbo gives the last build back when nothing changed. */
export async function buildWeb(): Promise<void> {
  const args = ['run', 'build', '--filter=@meedenk/web', '--no-daemon', '--ui=stream', '--output-logs=errors-only']
  const ran = await runCommand('turbo', args, {
    env: { NODE_ENV: 'production', TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', CI: '1' },
  })
  if (!ran.ok) throw new Error(`Building the web failed:\n${ran.output}`)
}
