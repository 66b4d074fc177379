-- The status on the day the ask was seen, not today's; of a page dated to a span, on its first day. An ask that names only a
-- family counts when every chip it can mean (those with the memory it names) was controlled that day: since the last of them
-- was, by that one's rule, with the weakest of their statuses.
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

-- the chips an ask can mean: the one it names; those of the family with its memory; all when the list has none such
meant as (
    select asks.offer_id, asks.valid_from, asks.seen_on, asks.chip_id is null as is_family_level, chips.chip_id
    from asks
    inner join {{ ref('chips') }} as chips
        on chips.chip_id = asks.chip_id or (asks.chip_id is null and chips.chip_family = asks.chip_family)
    qualify
        asks.chip_id is not null
        or asks.memory_gib is null
        or chips.memory_gib = asks.memory_gib
        or not bool_or(coalesce(chips.memory_gib = asks.memory_gib, false)) over (partition by asks.offer_id, asks.valid_from)
),

sizes as (
    select offer_id, valid_from, count(*) as chips from meant group by offer_id, valid_from
),

matched as (
    select
        meant.offer_id, meant.valid_from as offer_valid_from, since.regime,
        any_value(meant.seen_on) as seen_on,
        last(since.rule_id order by since.restricted_from, since.rule_id) as rule_id,
        max(since.status) as restriction_status,
        max(since.restricted_from) as restricted_from,
        bool_and(meant.is_family_level) as is_family_level,
        count(distinct since.chip_id) as chips_controlled,
        any_value(sizes.chips) as chips_meant
    from meant
    inner join sizes on sizes.offer_id = meant.offer_id and sizes.valid_from = meant.valid_from
    inner join since
        on since.chip_id = meant.chip_id
        and since.valid_from <= meant.seen_on
        and (since.valid_to is null or since.valid_to > meant.seen_on)
    group by meant.offer_id, meant.valid_from, since.regime
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
where matched.chips_controlled = matched.chips_meant
