select
    pdu_id,
    predecessor_pdu_id,
    pdu_name,
    registered_name,
    delius_code,
    region,
    register_uuid,
    {{ to_first_day('valid_from') }} as valid_from_date,
    {{ to_first_day('valid_to') }} as valid_to_date,
    note
from {{ raw_table('pdu_register') }}
