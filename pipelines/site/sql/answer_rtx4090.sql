select chip_id, day, status, rule_ids, paragraphs, reason
from chip_status_on(date '2023-12-01') where chip_id = 'nvidia-rtx-4090'
