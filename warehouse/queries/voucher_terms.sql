-- question: What does a place's voucher pay, and which words does each term rest on?
-- answers: Q1, Q9
-- variable: place: English or Chinese name; Hangzhou
-- column: programme_id: the programme, newest first
-- column: place: who pays
-- column: status: state when last read
-- column: published_date: day of the document, where known to the day
-- column: term: what the number is: rate_cap, max_amount, total_budget and the like
-- column: value: the number
-- column: unit: CNY or percent
-- column: period: what it is counted over
-- column: tier: group of beneficiaries it holds for
-- column: words: the sentence it stands in, or the row of the register
-- column: source_url: where it stands
-- column: capture_kind: live page, reconstructed page or curated row
-- column: refusal: why the number is kept out of voucher_values; null when it is in
select
    programme_id, jurisdiction_name_en as place, status, published_date, clause_kind as term, value, unit, period, tier,
    quote as words, coalesce(clauses.source_url, programmes.source_url) as source_url,
    coalesce(clauses.capture_kind, programmes.capture_kind) as capture_kind, clauses.refusal
from voucher_programmes as programmes
left join voucher_clauses as clauses using (programme_id)
where is_named(concat_ws(' ', jurisdiction_name_en, jurisdiction_name), coalesce(getvariable('place'), 'Hangzhou'))
order by approximate_date desc, programme_id, clauses.capture_kind = 'curated', document_key, clause_no
