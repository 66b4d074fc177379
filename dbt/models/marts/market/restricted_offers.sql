-- The status on the day the ask was seen, not today's. An ask that names only a family counts when every chip of the
-- family was controlled that day; the rule named is then the earliest of theirs.
with asks as (
    select *, coalesce(page_date, cast(observed_at as date)) as seen_on
    from {{ ref('gpu_offers') }}
    where market = 'china' and chip_family is not null
),

controls as (
    select * from {{ ref('restriction_timeline') }}
    where regime in ('us_list', 'us_letter') and status in ('controlled', 'presumed')
),

-- since when the chip has been under the regime without a break
since as (
    select
        chip_id, regime, valid_from, valid_to, rule_id, status,
        min(valid_from) over (partition by chip_id, regime, run) as restricted_from
    from (
        select *, sum(is_break::int) over (partition by chip_id, regime order by valid_from) as run
        from (
            select *, valid_from is distinct from lag(valid_to) over (partition by chip_id, regime order by valid_from) as is_break
            from controls
        )
    )
),

sizes as (
    select chip_family, count(*) as chips from {{ ref('chips') }} group by chip_family
),

matched as (
    select
        asks.offer_id, asks.valid_from as offer_valid_from, since.regime,
        any_value(asks.seen_on) as seen_on,
        min(since.rule_id) as rule_id,
        min(since.status) as restriction_status,
        max(since.restricted_from) as restricted_from,
        bool_and(asks.chip_id is null) as is_family_level,
        count(distinct since.chip_id) as chips_controlled,
        any_value(sizes.chips) as chips_of_family
    from asks
    inner join {{ ref('chips') }} as chips
        on chips.chip_id = asks.chip_id or (asks.chip_id is null and chips.chip_family = asks.chip_family)
    inner join since
        on since.chip_id = chips.chip_id
        and since.valid_from <= asks.seen_on
        and (since.valid_to is null or since.valid_to > asks.seen_on)
    inner join sizes on sizes.chip_family = asks.chip_family
    group by asks.offer_id, asks.valid_from, since.regime
)

select
    offers.*,
    matched.rule_id,
    matched.restriction_status,
    matched.restricted_from,
    date_diff('day', matched.restricted_from, matched.seen_on) as days_since_restriction,
    matched.is_family_level
from matched
inner join {{ ref('gpu_offers') }} as offers
    on offers.offer_id = matched.offer_id and offers.valid_from = matched.offer_valid_from
where not matched.is_family_level or matched.chips_controlled = matched.chips_of_family
