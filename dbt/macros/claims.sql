{# Runs each claim's own query: one row of `computed`, `verdict`, `explanation`. The queries are data, typed in the
   curated table of claims beside the address of the article; here they are only put side by side. #}
{% macro test_claims() %}
{%- if execute -%}
{%- set claims = run_query("select claim_id, query from core.core_claims__claims order by claim_id").rows -%}
{%- for claim in claims %}
select '{{ claim[0] }}' as claim_id, cast(computed as varchar) as computed, verdict, explanation
from ({{ claim[1] }})
{{ 'union all' if not loop.last }}
{%- else %}
select null::varchar as claim_id, null::varchar as computed, null::varchar as verdict, null::varchar as explanation
where false
{%- endfor -%}
{%- endif -%}
{% endmacro %}
