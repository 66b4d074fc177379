select * exclude (quote, quote_start, quote_end) from {{ source('core', 'core_market__exchange_notices') }}
