-- no-transaction
DROP INDEX CONCURRENTLY IF EXISTS "partners_country_name_idx";
--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "products_base_unit_name_idx";
