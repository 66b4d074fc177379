-- question: How much does each province and its cities offer: programmes, rates, caps and pots?
-- answers: Q1
-- column: province: province-level unit
-- column: programmes: programmes in force, drafts and superseded versions left out
-- column: places: places that have one
-- column: median_rate_pct: median share of the bill over tiers, percent
-- column: highest_cap_cny: highest cap, yuan
-- column: annual_budget_cny: sum of the yearly pots that are stated, yuan; the same pot of a place and instrument in a second document counts once
-- column: programmes_with_budget: programmes that state one
with programmes as (
    from programmes_on((select max(last_seen_at)::date from documents))
),
terms as (
    select
        programme_id, median(rate_pct) as rate_pct, max(cap_cny) as cap_cny, max(annual_budget_cny) as annual_budget_cny
    from voucher_values where side = 'user' group by all
),
-- a later document often restates the pot of an earlier one
pots as (
    select province_name, sum(annual_budget_cny) as annual_budget_cny
    from (
        select distinct province_name, jurisdiction_name, instrument, annual_budget_cny
        from programmes inner join terms using (programme_id)
    )
    group by all
)
select
    coalesce(places.place_name_en, 'China') as province,
    count(*) as programmes, count(distinct jurisdiction_name) as places, median(rate_pct) as median_rate_pct,
    max(cap_cny) as highest_cap_cny, any_value(pots.annual_budget_cny) as annual_budget_cny,
    count(terms.annual_budget_cny) as programmes_with_budget
from programmes
left join terms using (programme_id)
left join pots using (province_name)
left join places on places.place_name = programmes.province_name and places.level = 'province'
group by all
order by programmes desc, province
