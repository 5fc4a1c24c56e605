-- A batch of movements touches few of many rows, but the planner took the whole of products, locations
-- and levels to be cheaper: it read them five times for each batch. A plan is kept for as long as its
-- connection, so what is right for a small warehouse would go on while it grows.
ALTER FUNCTION "stock_movements_post"() SET enable_seqscan = off;
