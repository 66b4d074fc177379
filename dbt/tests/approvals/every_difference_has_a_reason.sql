select month, kind, province_name, difference from {{ ref('model_approvals_over_time') }}
where difference <> 0 and (difference_reason is null or difference_reason like 'not explained%')
