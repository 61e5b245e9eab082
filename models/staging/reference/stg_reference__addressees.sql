select
    addressee_id,
    addressee_name
from {{ ref('addressees') }}
