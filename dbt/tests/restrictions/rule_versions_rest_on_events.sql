select * from {{ ref('rule_versions') }} anti join {{ ref('restriction_events') }} on slug = event_slug
