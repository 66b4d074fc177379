select check_name, subject, expected, found, difference, reason from approvals_reconciliation
order by difference = 0, check_name, subject
