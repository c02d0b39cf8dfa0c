import 'vitest'

declare module 'vitest' {
  /** What infra/local/src/test-cluster.ts lends to every test that asks for a database. */
  export interface ProvidedContext {
    testCluster: {
      ownerUrl: string
      templateDatabase: string
      passwords: { api: string; worker: string; queue: string }
    }
  }
}
