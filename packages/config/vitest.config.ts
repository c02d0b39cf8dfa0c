import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const root = join(import.meta.dirname, '..', '..')

function project(folder: string, name: string, cluster: 'with cluster' | 'without cluster') {
  return {
    test: {
      name,
      root: join(root, folder, name),
      include: ['{src,test}/**/*.test.ts'],
      environment: 'node' as const,
      globalSetup: cluster === 'with cluster' ? [join(root, 'infra', 'local', 'src', 'test-cluster.ts')] : [],
      testTimeout: 60_000,
      hookTimeout: 120_000,
    },
  }
}

export default defineConfig({
  root,
  test: {
    projects: [
      project('packages', 'domain', 'without cluster'),
      project('packages', 'db', 'with cluster'),
      project('packages', 'actions', 'with cluster'),
      project('apps', 'api', 'with cluster'),
      project('apps', 'worker', 'with cluster'),
      project('apps', 'web', 'without cluster'),
      project('infra', 'local', 'without cluster'),
    ],
  },
})
