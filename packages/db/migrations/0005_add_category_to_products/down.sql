-- loses data: products.category_id of every row
-- loses data: categories, the one made by this migration
ALTER TABLE "products" DROP CONSTRAINT "products_category_id_fkey";--> statement-breakpoint
DROP INDEX "products_category_id_idx";--> statement-breakpoint
ALTER TABLE "products" DROP COLUMN "category_id";
