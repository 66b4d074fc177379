-- question: Where can one still apply on a day, and until when?
-- answers: Q1
-- variable: day: YYYY-MM-DD; the day of the newest page
-- column: place: who pays
-- column: deadline: last day to apply
-- column: days_left: days from the asked day to the deadline
-- column: instrument: what is given
-- column: programme_name_en: what it is
-- column: target: who it is for
-- column: programme_id: the programme
-- column: source_url: where it stands
with asked as (
    select coalesce(getvariable('day')::date, (select max(last_seen_at)::date from documents)) as day
)
select
    jurisdiction_name_en as place, deadline, deadline - day as days_left, instrument, programme_name_en, target,
    programme_id, source_url
from voucher_programmes, asked
where deadline >= day and coalesce(published_date, approximate_date) <= day
order by deadline, programme_id
