export {
  clusterVariable,
  createTestDatabase,
  startTestCluster,
  type TestCluster,
  type TestDatabase,
} from './testCluster.ts'
