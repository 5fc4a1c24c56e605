-- The extension stays: another schema of this database may use it.
DROP INDEX "stock_movements_occurred_at_idx";--> statement-breakpoint
DROP INDEX "products_sku_trigram_idx";--> statement-breakpoint
DROP INDEX "products_name_trigram_idx";--> statement-breakpoint
DROP INDEX "partners_name_trigram_idx";
