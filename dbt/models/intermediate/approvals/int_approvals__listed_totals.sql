-- What the lists give for each official total: an attachment counts for a day when it was published on or just after it
-- (a period's list follows its last day by one to six weeks).
with batches as (
    select distinct batch, published_date from {{ source('core', 'core_approvals__filings') }}
    where batch is not null and published_date is not null
),

covering as (
    select totals.as_of, totals.kind, totals.total, min(batches.published_date) as published_date
    from {{ ref('stg_approvals__official_totals') }} as totals
    inner join batches on batches.published_date >= totals.as_of
    group by all
)

select
    covering.as_of, covering.kind, covering.total as official,
    count(filings.filing_number) as listed,
    -- numbers missing in the run of serials, which goes on from batch to batch and so ends at the announced total
    nullif(array_to_string(
        list_filter(generate_series(1, greatest(max(filings.serial), covering.total)), lambda n: not list_contains(list(distinct filings.serial), n)), ', '
    ), '') as missing
from covering
inner join {{ source('core', 'core_approvals__filings') }} as filings
    on filings.kind = covering.kind and filings.published_date <= covering.published_date
group by covering.as_of, covering.kind, covering.total
