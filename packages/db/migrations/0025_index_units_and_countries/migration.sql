-- no-transaction
CREATE INDEX CONCURRENTLY "partners_country_name_idx" ON "partners" ("country","name","id");
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "products_base_unit_name_idx" ON "products" ("base_unit","name","id");
