{# Macros of the published file. Table macros answer "as of": from chip_status_on(date '2023-12-01'); they are made after
   the marts, since each reads one. is_named(text, asked) is true when `asked` stands in `text` as whole words (spaces and
   hyphens alike, any case; Chinese anywhere), and for every text when nothing is asked. #}
{% macro create_as_of_macros() %}
{%- if execute and flags.WHICH in ('build', 'run') -%}
{{ create_chip_status_macros() }}

-- programmes one could use on a day: adopted by then, not yet ended, not yet followed by an adopted one
create or replace macro main.programmes_on(day) as table
    select programmes.* from main.voucher_programmes as programmes
    where programmes.status not in ('draft', 'announced', 'reported', 'unknown')
      and coalesce(programmes.effective_from, programmes.approximate_date) <= day::date
      and (programmes.effective_to is null or programmes.effective_to >= day::date)
      and (programmes.status <> 'closed' or programmes.deadline is null or programmes.deadline >= day::date)
      -- ended on a day nobody wrote down: certain only from the day the record says so
      and (programmes.status not in ('closed', 'expired', 'superseded')
           or coalesce(programmes.effective_to, programmes.deadline) is not null
           or programmes.last_seen_at::date > day::date)
      and not exists (
          select 1 from main.voucher_programmes as later
          where later.programme_id = programmes.successor_programme_id
            and later.status not in ('draft', 'announced', 'reported', 'unknown')
            and coalesce(later.effective_from, later.approximate_date) <= day::date);

-- asks whose price stood on a day: seen on or before it, and not yet closed or replaced
create or replace macro main.offers_on(day) as table
    select * from main.gpu_offers
    where coalesce(page_date, valid_from::date) <= day::date
      and (valid_to is null or valid_to::date > day::date);

create or replace macro main.is_named(text, asked) as
    coalesce(asked, '') = ''
    or (not regexp_matches(asked, '[^\x00-\x7F]')
        and regexp_matches(lower(replace(text, ' ', '-')), '\b' || regexp_escape(lower(replace(asked, ' ', '-'))) || '\b'))
    or (regexp_matches(asked, '[^\x00-\x7F]') and contains(text, asked));
{%- endif -%}
{% endmacro %}
