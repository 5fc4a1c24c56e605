-- no-transaction
CREATE INDEX CONCURRENTLY "inventory_check_lines_check_id_location_id_idx" ON "inventory_check_lines" ("check_id","location_id");
