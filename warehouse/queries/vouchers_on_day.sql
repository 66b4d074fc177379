-- question: Which places pay for compute on a day, what share, up to what, until when?
-- answers: Q1
-- variable: day: YYYY-MM-DD; the day of the newest page
-- column: province: province-level unit
-- column: place: who pays
-- column: instrument: what is given
-- column: rate_pct: largest share of the bill among its tiers, percent
-- column: cap_cny: highest cap among its tiers, yuan
-- column: cap_usd: the same in dollars of the document's month
-- column: annual_budget_cny: yearly pot, yuan
-- column: deadline: last day to apply, where stated
-- column: effective_to: last day in force, where stated
-- column: programme_id: the programme
-- column: source_url: where it stands
select
    places.place_name_en as province, jurisdiction_name_en as place, instrument,
    max(rate_pct) as rate_pct, max(cap_cny) as cap_cny, max(cap_usd) as cap_usd, max(annual_budget_cny) as annual_budget_cny,
    deadline, effective_to, programme_id, any_value(programmes.source_url) as source_url
from programmes_on(coalesce(getvariable('day')::date, (select max(last_seen_at)::date from documents))) as programmes
left join voucher_values using (programme_id)
left join places on places.place_name = programmes.province_name and places.level in ('province', 'national')
group by all
order by province nulls first, place, programme_id
