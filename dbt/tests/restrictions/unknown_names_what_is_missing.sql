select * from {{ ref('restriction_timeline') }}
where (status = 'unknown') <> (missing_inputs is not null)
