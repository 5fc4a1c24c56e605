-- no-transaction
DROP INDEX CONCURRENTLY IF EXISTS "reservations_product_id_idx";
--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "stock_movements_lot_id_idx";
