-- no-transaction
DROP INDEX CONCURRENTLY IF EXISTS "inventory_check_lines_check_id_location_id_idx";
