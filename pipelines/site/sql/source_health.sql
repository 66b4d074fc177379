select
    source_id, domain, title, publisher_name, publisher_name_en, publisher_url, is_official, status, reason, cadence,
    records, captures, newest_content_date, content_age_days, quiet_days, issues_error, issues_warning, unknown_names,
    capture_kinds, last_success_at
from source_status
order by domain, source_id
