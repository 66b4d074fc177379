-- question: Which source is stale or failed, or close to it, how old is its newest content, and why?
-- answers: Q10
-- column: source_id: the source's folder
-- column: status: failed, stale, no_listing; ok for one that has used four fifths of its quiet time
-- column: newest_content_date: newest date its content speaks of
-- column: content_age_days: its age at the last attempt
-- column: quiet_days: the age that is still normal for this source
-- column: reason: why it is not ok
-- column: publisher_name_en: who publishes it
-- column: publisher_url: the publisher's site
select source_id, status, newest_content_date, content_age_days, quiet_days, reason, publisher_name_en, publisher_url
from source_status
where status <> 'ok' or content_age_days >= 0.8 * quiet_days
order by
    case status when 'failed' then 1 when 'stale' then 2 when 'no_listing' then 3 else 4 end,
    content_age_days / quiet_days desc nulls last, source_id
