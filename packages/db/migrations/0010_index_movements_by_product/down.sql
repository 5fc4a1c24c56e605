-- no-transaction
DROP INDEX CONCURRENTLY IF EXISTS "stock_movements_product_id_idx";
