select compared.*, notes.note
from {{ source('core', 'core_policy__reconciliation') }} as compared
left join {{ ref('reconciliation_notes') }} as notes
    on notes.programme_id = compared.programme_id and notes.field = compared.field and compared.verdict <> 'agrees'
