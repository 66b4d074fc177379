{# One select a fact table of the core source: its key joined by ` | `, the quote and the provenance columns. #}
{% macro evidence_of_all_facts() %}
{%- if execute -%}
{%- set facts = [] -%}
{%- for node in graph.sources.values() if node.source_name == 'core' and node.config.meta.is_fact -%}
    {%- do facts.append(node) -%}
{%- endfor -%}
{%- for node in facts | sort(attribute='name') %}
select
    '{{ node.name }}' as fact_table,
    concat_ws(' | ', {% for part in node.config.meta.key %}cast({{ part }} as varchar){{ ', ' if not loop.last }}{% endfor %}) as fact_key,
    quote, quote_start, quote_end,
    source_id, source_url, capture_sha256, locator, capture_kind, parser_version, first_seen_at, last_seen_at
from core.{{ node.name }}
{{ 'union all' if not loop.last }}
{%- endfor -%}
{%- endif -%}
{% endmacro %}
