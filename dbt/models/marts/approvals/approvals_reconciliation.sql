-- Each check as expected against found; a difference carries its reason. Yearly and two-monthly figures overlap: each is held
-- against the rows on its own, and no two are added.
with totals as (
    select
        case when province_name = 'all' then 'announced total' else 'provincial count' end as check_name,
        case when province_name = 'all' then kind else province_name || ' ' || kind end || ' ' || as_of as subject,
        official as expected, listed as found, reason
    from {{ ref('int_approvals__listed_totals') }}
),

serials as (
    select kind, max(serial) as last, list(distinct serial) as present from {{ ref('model_approvals') }}
    where serial is not null
    group by kind
),

serials_without_gap as (
    select
        'serials without gap', kind, last, len(present),
        case
            when last <> len(present) then
                'serial ' || array_to_string(list_filter(generate_series(1, last), lambda n: not list_contains(present, n)), ', ')
                || ' is missing in the list as copied'
        end
    from serials
),

batches as (
    select batch, kind, min(serial) as first, max(serial) as last, count(*) as rows
    from {{ ref('model_approvals') }}
    where batch is not null and serial is not null
    group by all
),

-- an attachment goes on where the one before ended
batches_in_order as (
    select
        'batch follows the one before', kind || ' ' || batch,
        coalesce(lag(last) over (partition by kind order by first), 0) + 1, first,
        case
            when first <> coalesce(lag(last) over (partition by kind order by first), 0) + 1
                then 'serials from ' || coalesce(lag(last) over (partition by kind order by first), 0) + 1 || ' to ' || first - 1 || ' are missing in the list as copied'
        end
    from batches
),

batch_sums as (
    select
        'rows of the batch', kind || ' ' || batch, last - first + 1, rows,
        case when rows <> last - first + 1 then last - first + 1 - rows || ' serial of the batch is missing in the list as copied' end
    from batches
),

-- what a period added, as announced, against the step between the totals around it
announced as (
    select as_of, 'filing' as kind, total_filed as total, new_in_period as added from {{ ref('approval_counts') }}
    where scope = 'national' and qualifier = 'exact' and source_kind like 'official%' and total_filed is not null
    union all
    select as_of, 'registration', total_registered, new_registered from {{ ref('approval_counts') }}
    where scope = 'national' and qualifier = 'exact' and source_kind like 'official%' and total_registered is not null
),

periods as (
    select distinct on (as_of, kind)
        as_of, kind, added, total,
        month(as_of) = 12 as is_yearly
    from announced
    where as_of is not null
    order by as_of, kind, added desc
),

steps as (
    select
        this.as_of, this.kind, this.added, this.is_yearly, max(this.total) - coalesce(max(before.total), 0) as step,
        max(before.as_of) as since
    from periods as this
    left join periods as before
        on before.kind = this.kind and before.as_of < this.as_of
        and (not this.is_yearly or year(before.as_of) < year(this.as_of))
    group by this.as_of, this.kind, this.added, this.is_yearly
),

-- before the first year-end total of filings there is no step: the rows dated in that year stand for it
found as (
    select
        steps.*,
        case when is_yearly and since is null and kind = 'filing' then dated.rows else step end as rows,
        dated.on_second_of_january
    from steps
    left join lateral (
        select
            count(*) as rows,
            count(*) filter (month(approvals.filed_date) = 1 and day(approvals.filed_date) <= 2) as on_second_of_january
        from {{ ref('model_approvals') }} as approvals
        where approvals.kind = steps.kind and year(approvals.filed_date) = year(steps.as_of)
    ) as dated on true
    where added is not null
),

periods_add_up as (
    select
        case when is_yearly then 'added in the year' else 'added since the last total' end, kind || ' ' || as_of, added, rows,
        case
            when added <> rows and since is null and rows - on_second_of_january = added
                then 'by the dates of the rows; the office counts the ' || on_second_of_january || ' of 2 January with the year before'
        end
    from found
),

runs as (
    select 'running number used once', kind || ' ' || province_name || ' ' || running, 1, count(*), 'the province gave the number twice; the whole filing number tells the rows apart'
    from (
        select kind, province_name, regexp_extract(filing_number, '-[0-9]{8}(S?[0-9]{4})$', 1) as running
        from {{ ref('model_approvals') }}
    )
    where running <> ''
    group by kind, province_name, running
    having count(*) > 1
)

select
    check_name, subject, cast(expected as bigint) as expected, cast(found as bigint) as found,
    cast(found - expected as bigint) as difference,
    case when found <> expected then coalesce(reason, 'not explained') end as reason,
    found = expected or coalesce(reason, 'not explained') not like 'not explained%' as is_accounted_for
from (
    from totals union all from serials_without_gap union all from batches_in_order union all from batch_sums
    union all from periods_add_up union all from runs
)
