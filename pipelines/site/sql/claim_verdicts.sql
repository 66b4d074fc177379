select verdict, count(*) as claims from claims group by verdict order by claims desc
