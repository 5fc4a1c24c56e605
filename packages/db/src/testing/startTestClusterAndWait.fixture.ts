import { startTestCluster } from './testCluster.ts'

const cluster = await startTestCluster()
console.log(cluster.url)
setInterval(() => {}, 60_000)
