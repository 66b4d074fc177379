select
    documents.event_id,
    documents.document_url,
    documents.document_key,
    documents.match_basis,
    documents.announced_date,
    documents.effective_date,
    documents.ended_date,
    documents.authority,
    documents.instrument,
    documents.title,
    documents.document_number,
    documents.covers,
    documents.note,
    events.announced_date as recorded_announced_date,
    events.effective_date as recorded_effective_date,
    case
        when documents.match_basis = 'none' then null
        -- a summons or inquiry names no day of effect: it takes effect as it is announced
        when documents.effective_date is null then documents.announced_date in (events.announced_date, events.effective_date)
        else documents.announced_date >= events.announced_date
            and (documents.effective_date = events.effective_date or contains(coalesce(documents.note, ''), events.effective_date::varchar))
    end as is_agreed,
    nullif(concat_ws('; ',
        case when documents.effective_date <> events.effective_date
            then 'effective ' || documents.effective_date || ' on the page, ' || events.effective_date || ' in the record'
                || case when contains(coalesce(documents.note, ''), events.effective_date::varchar) then ' (the document names both)' else '' end end,
        case when documents.announced_date < events.announced_date
            then 'carries ' || documents.announced_date || ', announced ' || events.announced_date || ' in the record' end,
        case when documents.announced_date > events.announced_date
            then 'published ' || date_diff('day', events.announced_date, documents.announced_date) || ' days after the announcement' end,
        case when documents.effective_date is null and events.effective_date is not null then 'names no day of effect' end
    ), '') as difference,
    documents.source_id,
    documents.source_url,
    documents.capture_sha256,
    documents.locator,
    documents.capture_kind,
    documents.parser_version,
    documents.first_seen_at,
    documents.last_seen_at
from {{ source('core', 'core_restrictions__event_documents') }} as documents
inner join {{ ref('restriction_events') }} as events using (event_id)
