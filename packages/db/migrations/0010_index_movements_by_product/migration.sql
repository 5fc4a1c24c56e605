-- no-transaction
CREATE INDEX CONCURRENTLY "stock_movements_product_id_idx" ON "stock_movements" ("product_id","occurred_at","id");
