-- The words of a JSON document: every key and every value of one of at most 100,000 bytes, the beginning of a larger
-- one's text. A tsvector holds 1 MB at most, and one document beyond it would fail the whole query. The cost says that
-- taking a text apart is dear, so that an index is used wherever there is one.
CREATE FUNCTION search_text(document jsonb) RETURNS tsvector
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 2000
  RETURN CASE
    WHEN octet_length(document::text) <= 100000 THEN jsonb_to_tsvector('english'::regconfig, document, '["all"]'::jsonb)
    ELSE to_tsvector('english'::regconfig, left(document::text, 100000))
  END;
