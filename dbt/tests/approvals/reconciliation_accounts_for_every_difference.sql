select check_name, subject, difference from {{ ref('approvals_reconciliation') }}
where not is_accounted_for
