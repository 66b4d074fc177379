select
    members.*,
    count(approvals.filing_number) filter (approvals.kind = 'filing') as filings,
    count(approvals.filing_number) filter (approvals.kind = 'registration') as registrations
from {{ source('core', 'core_approvals__group_members') }} as members
left join {{ ref('model_approvals') }} as approvals
    on replace(replace(approvals.entity_name, '(', '（'), ')', '）') = replace(replace(members.entity, '(', '（'), ')', '）')
group by all
