-- no-transaction
DROP INDEX CONCURRENTLY IF EXISTS "stock_movements_occurred_at_idx";--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "products_sku_trigram_idx";--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "products_name_trigram_idx";--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "partners_name_trigram_idx";
