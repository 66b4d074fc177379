-- question: Is each source alive, how old is its newest content, and what did the readers not understand?
-- answers: Q10
-- variable: domain: policy, market, approvals, restrictions, rates or claims; all
-- column: source_id: the source's folder
-- column: status: ok, stale, failed or no_listing
-- column: reason: why it is not ok
-- column: records: records read
-- column: newest_content_date: newest date its content speaks of
-- column: content_age_days: its age at the last attempt
-- column: quiet_days: the age that is still normal
-- column: last_success_at: latest attempt that gave content
-- column: issues_warning: things the readers could not take in
-- column: capture_kinds: kinds of its captures
-- column: publisher_name_en: who publishes it
select
    source_id, status, reason, records, newest_content_date, content_age_days, quiet_days, last_success_at,
    issues_warning, capture_kinds, publisher_name_en
from source_status
where domain = coalesce(getvariable('domain'), domain)
order by status = 'ok', source_id
