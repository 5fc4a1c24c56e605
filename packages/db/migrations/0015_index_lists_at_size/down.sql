-- no-transaction
CREATE INDEX CONCURRENTLY "products_category_id_idx" ON "products" ("category_id");
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "products_supplier_id_idx" ON "products" ("supplier_id");
--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "products_category_id_name_idx";
--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "products_supplier_id_name_idx";
--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "products_created_at_idx";
--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "products_archived_idx";
--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "products_lot_tracked_idx";
--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "products_abc_class_idx";
--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "commands_actor_id_idx";
--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "lots_created_at_idx";
--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "lots_expiry_idx";
--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "lots_code_trigram_idx";
--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "lots_unavailable_idx";
--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "partners_code_trigram_idx";
--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "stock_movements_adjustment_idx";
