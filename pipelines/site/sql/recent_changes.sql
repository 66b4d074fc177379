select changed_at, subject, what, before, after, source_id from changes order by changed_at desc limit 40
