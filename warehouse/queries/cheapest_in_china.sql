-- question: What is the lowest price in China of each chip that stands on a day, and who asks it?
-- answers: Q3
-- variable: day: YYYY-MM-DD; the day of the newest page
-- column: chip_family: chip
-- column: asks: asks with a price that stand and were seen within the year before; prices for an institution's own people are left out
-- column: lowest_cny_per_gpu_hour: lowest of them
-- column: platform_id: who asks it
-- column: price_day: day the price is of
-- column: is_controlled: whether US lists or letters controlled its export to China that day; null where chips of the family differ or a number is missing
-- column: source_url: where it stands
with asked as (
    select coalesce(getvariable('day')::date, (select max(last_seen_at)::date from documents)) as day
),
standing as (
    from offers_on((select day from asked))
    where market = 'china' and quarantine is null and price_cny_per_gpu_hour is not null and chip_family is not null
      and observed_at >= (select day from asked) - interval 1 year and price_tier is distinct from 'internal'
),
controlled as (
    select
        chip_family,
        case
            when bool_and(us_list in ('controlled', 'presumed') or us_letter in ('controlled', 'presumed')) then true
            when bool_and(us_list = 'not_controlled' and us_letter = 'not_controlled') then false
        end as is_controlled
    from chip_status_on((select day from asked)) group by all
)
select
    chip_family, count(*) as asks, min(price_cny_per_gpu_hour) as lowest_cny_per_gpu_hour,
    arg_min(platform_id, (price_cny_per_gpu_hour, offer_id)) as platform_id,
    arg_min(coalesce(page_date, observed_at::date), (price_cny_per_gpu_hour, offer_id)) as price_day,
    any_value(is_controlled) as is_controlled, arg_min(source_url, (price_cny_per_gpu_hour, offer_id)) as source_url
from standing left join controlled using (chip_family)
group by chip_family
order by chip_family
