-- no-transaction
CREATE INDEX CONCURRENTLY "partners_name_trigram_idx" ON "partners" USING gin ("name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX CONCURRENTLY "products_name_trigram_idx" ON "products" USING gin ("name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX CONCURRENTLY "products_sku_trigram_idx" ON "products" USING gin ("sku" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX CONCURRENTLY "stock_movements_occurred_at_idx" ON "stock_movements" ("occurred_at","id");
