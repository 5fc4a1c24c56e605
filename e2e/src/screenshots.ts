// Makes docs/images: the main pages as people see them, with Northwind's goods. Wants the built pages.
import { mkdir } from 'node:fs/promises'
import { clusterVariable, startTestCluster } from '@stockbook/db/testing'
import { openHouse } from './house.ts'
import { pictureFloor } from './screenshots/floor.ts'
import { furnish } from './screenshots/furnish.ts'
import { picturePanel } from './screenshots/panel.ts'
import { imageFolder } from './screenshots/takePicture.ts'

const cluster = await startTestCluster()
process.env[clusterVariable] = cluster.url
try {
  await using house = await openHouse()
  await mkdir(imageFolder, { recursive: true })
  await furnish(house.server)
  await pictureFloor(house)
  await picturePanel(house)
  if (house.faults.length > 0) throw new Error(house.faults.join('\n'))
} finally {
  await cluster.stop()
}
