-- The total processing performance to test a chip with. Where it is not published but known to be at least something, every
-- case is tested: the bound, and each value at which a test could turn (with the value just below it). What holds in
-- all cases holds.
with chips as (
    select chip_id, tpp, tpp_lower_bound, die_area_mm2, performance_density from {{ ref('stg_restrictions__chips') }}
),

bounded as (
    select chip_id, tpp_lower_bound, die_area_mm2 from chips where tpp is null and tpp_lower_bound is not null
),

turns as (
    select bounded.chip_id, tests.value * case tests.metric when 'tpp' then 1 else bounded.die_area_mm2 end as at_value
    from bounded
    inner join (
        select metric, value from {{ ref('rule_tests') }}
        union
        select metric, value from {{ ref('review_windows') }}
    ) as tests on tests.metric = 'tpp' or (tests.metric = 'performance_density' and bounded.die_area_mm2 > 0)
),

cases as (
    select chip_id, tpp_lower_bound as tpp from bounded
    union
    select chip_id, unnest([at_value, at_value * (1 - 1e-9)]) from turns
)

select chip_id, tpp, performance_density, false as is_assumed from chips where tpp is not null or tpp_lower_bound is null
union all
select
    bounded.chip_id, cases.tpp, case when bounded.die_area_mm2 > 0 then cases.tpp / bounded.die_area_mm2 end, true
from bounded inner join cases using (chip_id)
where cases.tpp >= bounded.tpp_lower_bound
