select * from {{ ref('rules') }} anti join {{ ref('restriction_events') }} on slug = event_slug
