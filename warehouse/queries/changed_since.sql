-- question: What changed since a day: prices, stock, terms, states, totals?
-- answers: Q8
-- variable: day: YYYY-MM-DD; seven days before the newest page
-- column: changed_at: first capture that shows the new state
-- column: subject: what changed
-- column: what: which of its fields
-- column: before: earlier value
-- column: after: later value
-- column: source_url: the page that shows it
select changed_at, subject, what, before, after, source_url
from changes
where changed_at >= coalesce(getvariable('day')::date, (select max(last_seen_at)::date - 7 from documents))
order by changed_at desc, subject, what
