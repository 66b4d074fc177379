-- What the rows give for each total. National: an attachment counts for a day when it was published on or just after it (a
-- period's list follows its last day by one to six weeks). Provincial: rows dated up to the day, since an office counts what it
-- filed, weeks before the list prints it.
with batches as (
    select distinct batch, published_date from {{ source('core', 'core_approvals__filings') }}
    where batch is not null and published_date is not null
),

covering as (
    select
        totals.as_of, totals.kind, totals.province_name, totals.total, totals.source_kind, totals.source_url,
        min(batches.published_date) as published_date
    from {{ ref('stg_approvals__official_totals') }} as totals
    inner join batches on batches.published_date >= totals.as_of
    group by all
),

national as (
    select
        covering.as_of, covering.kind, covering.province_name, covering.total as official, covering.source_kind, covering.source_url,
        count(filings.filing_number) as listed,
        -- numbers missing in the run of serials, which goes on from batch to batch and so ends at the announced total
        nullif(array_to_string(
            list_filter(generate_series(1, greatest(max(filings.serial), covering.total)), lambda n: not list_contains(list(distinct filings.serial), n)), ', '
        ), '') as missing
    from covering
    inner join {{ source('core', 'core_approvals__filings') }} as filings
        on filings.kind = covering.kind and filings.published_date <= covering.published_date
    where covering.province_name = 'all'
    group by covering.as_of, covering.kind, covering.province_name, covering.total, covering.source_kind, covering.source_url
),

provincial as (
    select
        totals.as_of, totals.kind, totals.province_name, totals.total as official, totals.source_kind, totals.source_url,
        count(filings.filing_number) as listed,
        count(filings.filing_number) filter (filings.published_date <= totals.as_of) as printed
    from {{ ref('stg_approvals__official_totals') }} as totals
    left join {{ source('core', 'core_approvals__filings') }} as filings
        on filings.kind = totals.kind and filings.province_name = totals.province_name and filings.filed_date <= totals.as_of
    where totals.province_name <> 'all'
    group by all
),

-- the list with which a province's rows reach a figure
printed_by as (
    select kind, province_name, published_date, count(*) over (partition by kind, province_name order by published_date) as rows
    from {{ source('core', 'core_approvals__filings') }}
    where published_date is not null
),

reached as (
    select provincial.as_of, provincial.kind, provincial.province_name, min(printed_by.published_date) as reached
    from provincial
    inner join printed_by
        on printed_by.kind = provincial.kind and printed_by.province_name = provincial.province_name
        and printed_by.rows >= provincial.official and printed_by.published_date > provincial.as_of
    group by all
)

select
    as_of, kind, province_name, official, listed, source_kind, source_url, missing,
    case
        when listed = official then null
        when missing is not null then 'serial ' || missing || ' is missing in the list as copied'
    end as reason
from national
union all
select
    as_of, kind, province_name, official, listed, source_kind, source_url, null,
    case
        when listed = official then null
        when printed <= official and official < listed
            then 'the report counts fewer than the rows dated by then (' || listed || ') and no fewer than those printed by then (' || printed || ')'
        when listed < official and reached is not null
            then 'the report counts ' || official - listed || ' more than the rows dated by then (' || listed || '); the lists hold as many from ' || reached || ' on'
    end
from provincial
left join reached using (as_of, kind, province_name)
