-- loses data: products.category_id of every row
-- loses data: categories, the one made by this migration
ALTER TABLE "products" DROP CONSTRAINT "products_category_id_fkey";
--> statement-breakpoint
DROP INDEX "products_category_id_idx";
--> statement-breakpoint
ALTER TABLE "products" DROP COLUMN "category_id";
--> statement-breakpoint
-- Unless somebody has put it to other use.
DELETE FROM "categories" WHERE "name" = 'Uncategorised' AND "parent_id" IS NULL
  AND NOT EXISTS (SELECT FROM "categories" AS "child" WHERE "child"."parent_id" = "categories"."id");
