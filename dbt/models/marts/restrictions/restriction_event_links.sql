-- `supersedes EV008, EV009; amended_by EV016` as rows: one a relation and other event. `kind` folds the words, with
-- the acting event on the left: EV016 amends EV012, whichever of the two records it.
with parts as (
    select event_id, trim(unnest(string_split(links, ';'))) as part
    from {{ ref('stg_restrictions__events') }}
    where links is not null
),

named as (
    select distinct
        parts.event_id,
        trim(regexp_replace(regexp_extract(part, '^(.*?)\s*EV\d', 1), '[\s_]+', '_', 'g'), '_') as relation,
        other.event_id as other_event_id
    from parts
    cross join unnest(regexp_extract_all(part, 'EV\d+')) as named (name)
    inner join {{ ref('stg_restrictions__events') }} as other on other.event_id = named.name
    where regexp_extract(part, '^(.*?)\s*EV\d', 1) <> ''
)

select
    named.event_id,
    named.relation,
    named.other_event_id,
    coalesce(kinds.kind, 'relates') as kind,
    case when kinds.is_inverse then named.other_event_id else named.event_id end as acting_event_id,
    case when kinds.is_inverse then named.event_id else named.other_event_id end as acted_on_event_id
from named
left join {{ ref('link_kinds') }} as kinds using (relation)
