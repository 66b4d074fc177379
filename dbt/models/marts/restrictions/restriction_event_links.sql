-- `supersedes EV008, EV009; amended_by EV016` as rows: one a relation and other event.
with parts as (
    select event_id, trim(unnest(string_split(links, ';'))) as part
    from {{ ref('stg_restrictions__events') }}
    where links is not null
)

select distinct
    parts.event_id,
    trim(regexp_replace(regexp_extract(part, '^(.*?)\s*EV\d', 1), '[\s_]+', '_', 'g'), '_') as relation,
    other.event_id as other_event_id
from parts
cross join unnest(regexp_extract_all(part, 'EV\d+')) as named (name)
inner join {{ ref('stg_restrictions__events') }} as other on other.event_id = named.name
where regexp_extract(part, '^(.*?)\s*EV\d', 1) <> ''
