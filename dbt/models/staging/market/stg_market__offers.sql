-- Listings of every kind, one row an interval of constant content. Register rows that a page shows too are left out: the
-- page can be read again.
select * exclude (duplicate_of)
from {{ source('core', 'core_market__offers') }}
where duplicate_of is null
