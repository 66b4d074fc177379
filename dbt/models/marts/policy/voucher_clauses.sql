select * from {{ source('core', 'core_policy__clauses') }}
