import { clusterVariable, startTestCluster } from './testCluster.ts'

/** For vitest's `globalSetup`: one throwaway PostgreSQL for the whole run. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const cluster = await startTestCluster()
  process.env[clusterVariable] = cluster.url
  return () => cluster.stop()
}
