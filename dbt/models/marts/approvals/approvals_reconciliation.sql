-- Each check as expected against found; a difference carries its reason.
with totals as (
    select
        'announced total' as check_name, kind || ' ' || as_of as subject, official as expected, listed as found,
        case when listed <> official and missing is not null then 'serial ' || missing || ' is missing in the list as copied' end as reason
    from {{ ref('int_approvals__listed_totals') }}
),

serials as (
    select
        'serials without gap', kind, max(serial), count(distinct serial),
        case when max(serial) <> count(distinct serial) then 'a serial is missing in the list as copied' end
    from {{ ref('model_approvals') }}
    where kind in ('filing', 'registration')
    group by kind
),

announced as (
    select scope, as_of, max(total_filed) as total_filed, max(total_registered) as total_registered
    from {{ ref('approval_counts') }}
    where scope <> 'national' and as_of is not null and qualifier = 'exact'
    group by scope, as_of
),

provincial as (
    select
        'provincial count', counts.scope || ' ' || counts.as_of || ' filed', max(counts.total_filed),
        count(approvals.filing_number),
        case when max(counts.total_filed) <> count(approvals.filing_number)
            then 'reported on ' || counts.as_of || '; rows are dated by their filing, lists follow by weeks' end
    from announced as counts
    left join {{ ref('model_approvals') }} as approvals
        on approvals.province_name = counts.scope and approvals.kind = 'filing' and approvals.filed_date <= counts.as_of
    where counts.total_filed is not null
    group by counts.scope, counts.as_of
    union all
    select
        'provincial count', counts.scope || ' ' || counts.as_of || ' registered', max(counts.total_registered),
        count(approvals.filing_number),
        case when max(counts.total_registered) <> count(approvals.filing_number)
            then 'reported on ' || counts.as_of || '; rows are dated by their registration, lists follow by weeks' end
    from announced as counts
    left join {{ ref('model_approvals') }} as approvals
        on approvals.province_name = counts.scope and approvals.kind = 'registration' and approvals.filed_date <= counts.as_of
    where counts.total_registered is not null
    group by counts.scope, counts.as_of
)

select
    check_name, subject, cast(expected as bigint) as expected, cast(found as bigint) as found,
    cast(found - expected as bigint) as difference, reason
from (from totals union all from serials union all from provincial)
