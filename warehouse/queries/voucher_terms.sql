-- question: What does a place's voucher pay, and which words does each term rest on?
-- answers: Q1, Q9
-- variable: place: English or Chinese name; Hangzhou
-- column: programme_id: the programme, newest first
-- column: programme_name_en: what it is
-- column: status: state when last read
-- column: published_date: day of the document, where known to the day
-- column: tier: group of beneficiaries the terms hold for
-- column: rate_pct: share of the bill that is paid, percent
-- column: cap_cny: most one beneficiary gets, yuan
-- column: cap_period: what the cap is counted over
-- column: annual_budget_cny: yearly pot of the programme, yuan
-- column: words: the quoted words the terms rest on, one line a clause
-- column: source_url: the page they stand on
-- column: capture_kind: live page, reconstructed page or curated row
with clauses as (
    select
        split_part(fact_key, ' | ', 1) as programme_id,
        string_agg(distinct quote, chr(10) order by quote) as words,
        string_agg(distinct capture_kind, ', ' order by capture_kind) as capture_kind
    from evidence
    where fact_table = 'core_policy__clauses'
    group by all
)
select
    voucher_programmes.programme_id, programme_name_en, status, published_date, tier, rate_pct, cap_cny, cap_period,
    annual_budget_cny, words, coalesce(voucher_values.source_url, voucher_programmes.source_url) as source_url,
    coalesce(clauses.capture_kind, voucher_programmes.capture_kind) as capture_kind
from voucher_programmes
left join voucher_values using (programme_id)
left join clauses using (programme_id)
where is_named(concat_ws(' ', jurisdiction_name_en, jurisdiction_name), coalesce(getvariable('place'), 'Hangzhou'))
order by approximate_date desc, programme_id, tier
