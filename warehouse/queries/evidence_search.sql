-- question: Where do certain words stand in the pages behind the facts?
-- answers: Q9
-- variable: words: words to look for; 算力券
-- column: quote: the words around
-- column: fact_table: kind of fact they carry
-- column: fact_key: which one
-- column: source_url: the page
-- column: capture_kind: live page, reconstructed page or curated row
select quote, fact_table, fact_key, source_url, capture_kind
from evidence
where contains(lower(quote), lower(coalesce(getvariable('words'), '算力券')))
order by fact_table, fact_key, source_url, locator
