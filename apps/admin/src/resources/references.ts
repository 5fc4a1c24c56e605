/** Ids whose name says which table they belong to. */
export const commonReferences: Readonly<Record<string, string>> = {
  categoryId: 'categories',
  supplierId: 'partners',
  partnerId: 'partners',
  productId: 'products',
  locationId: 'locations',
  fromLocationId: 'locations',
  toLocationId: 'locations',
  lotId: 'lots',
  userId: 'users',
  actorId: 'users',
  openedBy: 'users',
  approvedBy: 'users',
  createdBy: 'users',
  closedBy: 'users',
  checkId: 'checks',
}
