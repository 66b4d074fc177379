select * exclude (quote, quote_start, quote_end) from {{ source('core', 'core_approvals__security_assessments') }}
