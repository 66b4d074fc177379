select status, count(*) as chips from chip_status_on($as_of) group by status order by chips desc
