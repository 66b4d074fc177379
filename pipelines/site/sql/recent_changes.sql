-- the newest changes, each by the name of what changed; a document by the address it is cited under
with programmes as (
    select
        programme_id, programme_name_en || ', ' || jurisdiction_name_en as name, source_url,
        row_number() over (partition by source_url order by programme_id) as n
    from voucher_programmes
)
select
    changed_at, subject, what, before, after, changes.source_id,
    coalesce(
        named.name, paged.name, title, case when subject like 'policy_document:%' then changes.source_url end,
        regexp_replace(regexp_replace(subject, '^[a-z_]+:', ''), '[|]+', ' · ', 'g')
    ) as name
from changes
left join programmes as named on subject = 'policy_document:' || named.programme_id
left join programmes as paged on subject like 'policy_document:%' and paged.source_url = changes.source_url and paged.n = 1
left join restriction_events on subject = 'restriction_event:' || event_id
order by changed_at desc, subject, what limit 40
