-- Which chip families an event touched, and when: the status of a chip turned on the first day of a version that rests on it.
with turned as (
    select
        chip_id, chip_family, rule_id, valid_from, status,
        lag(status) over (partition by chip_id, regime order by valid_from) as status_before
    from {{ ref('restriction_timeline') }}
)

select
    versions.event_id, turned.chip_family, turned.valid_from as event_date,
    string_agg(distinct turned.rule_id, ',' order by turned.rule_id) as rule_ids,
    count(distinct turned.chip_id) as chips
from turned
inner join {{ ref('rule_versions') }} as versions on versions.rule_id = turned.rule_id and versions.valid_from = turned.valid_from
where turned.status in ('controlled', 'presumed') or turned.status_before in ('controlled', 'presumed')
group by versions.event_id, turned.chip_family, turned.valid_from
