-- question: How much rests on live pages, on reconstructed pages and on curated rows?
-- answers: Q9
-- column: domain: kind of source
-- column: capture_kind: live page, reconstructed page or curated row
-- column: sources: sources
-- column: documents: archived documents
-- column: facts: facts with words behind them
-- column: oldest_capture: earliest capture
-- column: newest_capture: latest capture
with facts as (
    select source_id, capture_sha256, count(*) as facts from evidence group by all
)
select
    domain, capture_kind, count(distinct source_id) as sources, count(*) as documents,
    coalesce(sum(facts.facts), 0)::bigint as facts, min(first_seen_at)::date as oldest_capture, max(last_seen_at)::date as newest_capture
from documents
join source_status using (source_id)
left join facts using (source_id, capture_sha256)
group by all
order by domain, capture_kind
