-- no-transaction
CREATE INDEX CONCURRENTLY "commands_actor_id_idx" ON "commands" ("actor_id");
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "lots_created_at_idx" ON "lots" ("created_at","id");
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "lots_expiry_idx" ON "lots" (coalesce("expires_on", 'infinity'),"id");
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "lots_code_trigram_idx" ON "lots" USING gin ("code" gin_trgm_ops);
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "lots_unavailable_idx" ON "lots" ("status","code","id") WHERE "status" <> 'available';
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "partners_code_trigram_idx" ON "partners" USING gin ("code" gin_trgm_ops);
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "products_category_id_name_idx" ON "products" ("category_id","name","id");
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "products_supplier_id_name_idx" ON "products" ("supplier_id","name","id");
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "products_created_at_idx" ON "products" ("created_at","id");
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "products_archived_idx" ON "products" ("name","id") WHERE "archived_at" is not null;
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "products_lot_tracked_idx" ON "products" ("name","id") WHERE "tracking" = 'lot';
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "products_abc_class_idx" ON "products" ("abc_class","name","id") WHERE "abc_class" is not null;
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "stock_movements_adjustment_idx" ON "stock_movements" ("id") WHERE "type" = 'adjustment';
--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "products_category_id_idx";
--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "products_supplier_id_idx";
