-- question: Which words does a fact rest on, and on which page do they stand?
-- answers: Q9
-- variable: key: part of the fact's key: a programme, filing number, event or offer; 330100-compute-voucher-2025-06
-- column: fact_table: kind of fact
-- column: fact_key: its key
-- column: quote: the words
-- column: quote_start: where they begin in the repaired text
-- column: quote_end: where they end
-- column: locator: where in the page
-- column: source_url: the page
-- column: capture_sha256: the archived bytes
-- column: capture_kind: live page, reconstructed page or curated row
-- column: first_seen_at: earliest capture that holds it
select
    fact_table, fact_key, quote, quote_start, quote_end, locator, source_url, capture_sha256, capture_kind, first_seen_at
from evidence
where contains(fact_key, coalesce(getvariable('key'), '330100-compute-voucher-2025-06'))
order by fact_table, fact_key, locator
