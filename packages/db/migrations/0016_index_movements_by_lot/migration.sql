-- no-transaction
CREATE INDEX CONCURRENTLY "reservations_product_id_idx" ON "reservations" ("product_id","created_at","id");
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "stock_movements_lot_id_idx" ON "stock_movements" ("lot_id","occurred_at") WHERE "lot_id" is not null;
