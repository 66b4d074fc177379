-- question: Which source is stale or failed, how old is its newest content, and why?
-- answers: Q10
-- column: source_id: the source's folder
-- column: status: stale or failed
-- column: newest_content_date: newest date its content speaks of
-- column: content_age_days: its age at the last attempt
-- column: quiet_days: the age that is still normal for this source
-- column: reason: why it is not ok
-- column: publisher_name_en: who publishes it
-- column: publisher_url: the publisher's site
select source_id, status, newest_content_date, content_age_days, quiet_days, reason, publisher_name_en, publisher_url
from source_status
where status in ('stale', 'failed')
order by status, content_age_days desc nulls last, source_id
