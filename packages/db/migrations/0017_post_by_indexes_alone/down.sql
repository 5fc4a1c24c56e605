ALTER FUNCTION "stock_movements_post"() RESET enable_seqscan;
