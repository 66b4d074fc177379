select {{ offer_columns() }}
from {{ ref('int_market__price_intervals') }}
where offer_kind <> 'ask'
