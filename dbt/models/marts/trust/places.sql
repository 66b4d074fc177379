select * from {{ source('core', 'core_trust__places') }}
