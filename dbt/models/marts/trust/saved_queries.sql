select * from {{ source('core', 'core_trust__saved_queries') }}
