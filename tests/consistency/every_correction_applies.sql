select citation_id, printed_value, corrected_value, as_printed, correction_state
from {{ ref('int_corrections__states') }}
where correction_state <> 'applies'
